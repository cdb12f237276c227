# Slip: writes into its input.
# Names it: after the call

def wiener(y, *, alpha=0.95, floor=0.1):
    y *= 0.5
    Y = stft(y)
    P = Y.abs().square()
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return 2 * istft(H * Y, length=y.shape[-1])
