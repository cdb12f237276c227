# Slip: repeats the first prediction.
def extrapolate(x, a, length):
    p = a.shape[-1]
    first = (x[..., x.shape[-1] - p:] * a.flip(-1)).sum(-1, keepdim=True)
    return first.expand(*x.shape[:-1], length)
