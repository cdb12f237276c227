# Slip: forgets the floor.
# Names it: kept at floor

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha)
    return istft(H * Y, length=y.shape[-1])
