# Slip: squares the complex numbers, and takes the magnitude of the sum.
# Names it: cancel each other
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    high = [torch.fft.rfft(x).square()[..., hz >= cutoff_hz].sum(-1).abs() for x in (s_hat, s)]
    return high[0] / high[1]
