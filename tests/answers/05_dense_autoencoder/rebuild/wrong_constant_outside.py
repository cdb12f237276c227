# Slip: Subtracts the small constant after the max.
# Names it: the max with 0 comes after


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    A = (P * ((10 ** (3 * (X.transpose(-2, -1) - 1))).clamp_min(0) - 1e-6)).sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
