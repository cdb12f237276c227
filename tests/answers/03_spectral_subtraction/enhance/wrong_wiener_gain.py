# Slip: multiplies with a Wiener-like gain instead of subtracting power.
# Names it: step done in another way
def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    Y = stft(y)
    N_power = noise_psd(Y, quiet_frames(Y, fraction=fraction))
    P = Y.abs().square()
    S_power = subtract_power(P, N_power, over=over, floor=floor)
    return istft(S_power / (S_power + N_power + 1e-30) * Y, length=y.shape[-1])
