# Slip: always cuts at the beginning.
# Names it: begins at the same place
def random_crop(x, length, *, generator):
    x = torch.cat([x] * -(-length // x.shape[-1]), dim=-1)
    return x[..., :length]
