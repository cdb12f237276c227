# Slip: No max with 0: the square root of a negative number.
# Names it: the max with 0 comes after


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * (10 ** (3 * (X.transpose(-2, -1) - 1)) - 1e-6)
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
