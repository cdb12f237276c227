# Slip: limits the mask from above.
# Names it: floor

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_max(floor)
    return istft(H * Y, length=y.shape[-1])
