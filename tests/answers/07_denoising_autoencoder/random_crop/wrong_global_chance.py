# Slip: draws from the global source of chance.
# Names it: all chance has to come from the generator
def random_crop(x, length, *, generator):
    x = torch.cat([x] * -(-length // x.shape[-1]), dim=-1)
    at = int(torch.randint(x.shape[-1] - length + 1, ()))
    return x[..., at:at + length]
