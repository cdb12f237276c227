# Slip: Divides the exponent by 3.
# Names it: multiply by 3


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    A = (P * (10 ** ((X.transpose(-2, -1) - 1) / 3) - 1e-6).clamp_min(0)).sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
