# Slip: normalises the level of its input.
# Names it: do not normalise

from course_utils.signal import istft, stft


def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    Y = stft(y / y.abs().amax(-1, keepdim=True).clamp_min(1e-12))
    N_power = noise_psd(Y, quiet_frames(Y, fraction=fraction))
    S_power = subtract_power(Y.abs().square(), N_power, over=over, floor=floor)
    return istft(reuse_phase(S_power, Y), length=y.shape[-1])
