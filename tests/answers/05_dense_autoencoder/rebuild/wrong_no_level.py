# Slip: Forgets the level.
# Names it: mean power P of Y


def rebuild(X, Y, *, limit=False):
    P = torch.ones(())
    power = P * (10 ** (3 * (X.transpose(-2, -1) - 1)) - 1e-6).clamp_min(0)
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
