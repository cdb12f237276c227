# Slip: multiplies the power with the mask.
# Names it: multiplies the power

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor).sqrt()
    return istft(H * Y, length=y.shape[-1])
