# Slip: subtracts a fixed power, whatever the level of the recording.
# Names it: relative to the recording

from course_utils.signal import istft, stft


def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    Y = stft(y)
    N_power = 0.02 + 0 * noise_psd(Y, quiet_frames(Y, fraction=fraction))
    S_power = subtract_power(Y.abs().square(), N_power, over=over, floor=floor)
    return istft(reuse_phase(S_power, Y), length=y.shape[-1])
