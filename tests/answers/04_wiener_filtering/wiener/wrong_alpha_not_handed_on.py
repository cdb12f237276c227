# Slip: does not hand alpha on.
# Names it: alpha is not handed on

def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P)).clamp_min(floor)
    return istft(H * Y, length=y.shape[-1])
