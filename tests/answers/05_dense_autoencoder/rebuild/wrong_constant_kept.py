# Slip: Forgets the small constant.
# Names it: small constant


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * 10 ** (3 * (X.transpose(-2, -1) - 1))
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
