# Slip: gives magnitudes to functions of power.

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
