def rebuild(X, Y, *, limit=False):
    P = (Y.real ** 2 + Y.imag ** 2).mean(-1, keepdim=True).mean(-2, keepdim=True)
    power = torch.exp(2.302585092994046 * 3 * (X.swapaxes(-1, -2) - 1)) - 0.000001
    A = torch.sqrt(P * torch.relu(power))
    if limit:
        A = A.minimum(Y.abs())
    return A * torch.exp(1j * Y.angle())
