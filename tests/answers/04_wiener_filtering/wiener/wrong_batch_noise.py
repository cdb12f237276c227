# Slip: shares one noise in a batch.

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P).mean(0, keepdim=True).clamp_min(1e-12), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
