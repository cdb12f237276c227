# Slip: forgets the square root of the gain.
# Names it: square root

from course_utils.signal import istft, stft


def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    Y = stft(y)
    N_power = noise_psd(Y, quiet_frames(Y, fraction=fraction))
    S_power = subtract_power(Y.abs().square(), N_power, over=over, floor=floor)
    return istft(S_power / Y.abs().square().clamp_min(1e-12) * Y, length=y.shape[-1])
