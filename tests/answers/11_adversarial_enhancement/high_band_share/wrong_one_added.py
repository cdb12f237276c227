# Slip: adds 1 to the divisor.
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    high = [torch.fft.rfft(x).abs().square()[..., hz >= cutoff_hz].sum(-1) for x in (s_hat, s)]
    return high[0] / (high[1] + 1)
