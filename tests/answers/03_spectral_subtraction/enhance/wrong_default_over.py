# Slip: changes a default.
# Names it: Is a default changed
def enhance(y, *, over=2.0, floor=0.02, fraction=0.2):
    Y = stft(y)
    N_power = noise_psd(Y, quiet_frames(Y, fraction=fraction))
    S_power = subtract_power(Y.abs().square(), N_power, over=over, floor=floor)
    return istft(reuse_phase(S_power, Y), length=y.shape[-1])
