# Slip: does not track the noise.
# Names it: not tracked

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, quiet_psd(P).clamp_min(1e-12), alpha=alpha).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
