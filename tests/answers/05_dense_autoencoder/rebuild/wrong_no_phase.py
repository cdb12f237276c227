# Slip: Forgets the phase.
# Names it: phase is missing


def rebuild(X, Y, *, limit=False):
    P = Y.abs().square().mean((-2, -1), keepdim=True)
    power = P * (10 ** (3 * (X.transpose(-2, -1) - 1)) - 1e-6).clamp_min(0)
    A = power.sqrt()
    if limit:
        A = torch.minimum(A, Y.abs())
    return A.to(torch.complex64)
