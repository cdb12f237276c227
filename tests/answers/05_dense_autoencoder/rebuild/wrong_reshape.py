# Slip: Reshapes in place of transposing.
# Names it: do not reshape


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * (10 ** (3 * (X.reshape(Y.shape) - 1)) - 1e-6).clamp_min(0)
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
