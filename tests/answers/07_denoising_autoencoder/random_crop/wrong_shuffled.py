# Slip: takes random samples, not a piece.
# Names it: neighbouring samples
def random_crop(x, length, *, generator):
    x = torch.cat([x] * -(-length // x.shape[-1]), dim=-1)
    return x[..., torch.randperm(x.shape[-1], generator=generator)[:length]]
