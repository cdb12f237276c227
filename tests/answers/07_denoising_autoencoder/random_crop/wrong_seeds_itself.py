# Slip: seeds the generator in each call.
# Names it: seed it
def random_crop(x, length, *, generator):
    generator.manual_seed(0)
    x = torch.cat([x] * -(-length // x.shape[-1]), dim=-1)
    at = int(torch.randint(x.shape[-1] - length + 1, (), generator=generator))
    return x[..., at:at + length]
