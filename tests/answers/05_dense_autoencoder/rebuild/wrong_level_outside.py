# Slip: P outside of the square root.
# Names it: under the square root


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = (10 ** (3 * (X.transpose(-2, -1) - 1)) - 1e-6).clamp_min(0)
    A = P * power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
