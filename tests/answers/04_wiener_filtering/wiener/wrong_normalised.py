# Slip: normalises the level.

def wiener(y, *, alpha=0.95, floor=0.1):
    y = y / y.abs().amax(-1, keepdim=True).clamp_min(1e-9)
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
