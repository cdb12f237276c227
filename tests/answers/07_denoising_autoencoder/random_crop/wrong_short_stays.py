# Slip: leaves a short sound short.
# Names it: shape
def random_crop(x, length, *, generator):
    at = int(torch.randint(max(1, x.shape[-1] - length + 1), (), generator=generator))
    return x[..., at:at + length]
