# Slip: Takes the course's STFT.
# Names it: frames of an STFT
import torch

from course_utils.signal import stft


def high_band_share(s_hat, s, *, cutoff_hz):
    high = torch.linspace(0, 8000, 257) >= cutoff_hz
    S_hat, S = stft(s_hat).abs().square(), stft(s).abs().square()
    return S_hat[..., high, :].sum((-2, -1)) / S[..., high, :].sum((-2, -1))
