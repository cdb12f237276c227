# Slip: loses the phase.
# Names it: phase of Y is not used

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(H * Y.abs() + 0j, length=y.shape[-1])
