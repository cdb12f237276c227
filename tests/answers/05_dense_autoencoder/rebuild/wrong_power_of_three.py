# Slip: 10^3 times (X - 1): the bracket is missing.
# Names it: the whole product


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    A = (P * (10 ** 3 * (X.transpose(-2, -1) - 1) - 1e-6).clamp_min(0)).sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
