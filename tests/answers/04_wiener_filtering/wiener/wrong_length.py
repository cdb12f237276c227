# Slip: cuts the end off.
# Names it: shape

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=128 * (Y.shape[-1] - 1))
