# Slip: The exponential function.
# Names it: exponential


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * (torch.exp(3 * (X.transpose(-2, -1) - 1)) - 1e-6).clamp_min(0)
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return torch.polar(A, Y.angle())
