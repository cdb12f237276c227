import torch

from course_utils.signal import istft, stft


def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    if y.ndim > 1:
        return torch.stack([enhance(item, over=over, floor=floor, fraction=fraction) for item in y])
    Y = stft(y)
    N = noise_psd(Y, quiet_frames(Y, fraction=fraction))
    S = subtract_power(Y.abs() ** 2, N, over=over, floor=floor)
    return istft(reuse_phase(S, Y), length=len(y))
