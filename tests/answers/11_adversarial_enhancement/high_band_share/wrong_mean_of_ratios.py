# Slip: divides at each frequency, and takes the mean.
# Names it: mean of ratios
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    high = [torch.fft.rfft(x).abs().square()[..., hz >= cutoff_hz] for x in (s_hat, s)]
    return (high[0] / high[1]).mean(-1)
