# Slip: Limits with the maximum.
# Names it: with the minimum


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * (10 ** (3 * (X.transpose(-2, -1) - 1)) - 1e-6).clamp_min(0)
    A = power.sqrt()
    if limit:
        A = torch.maximum(A, Y.abs())
    return torch.polar(A, Y.angle())
