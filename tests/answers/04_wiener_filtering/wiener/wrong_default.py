# Slip: changes a default.
# Names it: default

def wiener(y, *, alpha=0.95, floor=0.05):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
