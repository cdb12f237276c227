# Slip: takes the last frequency for 8 kHz, also of an odd number of samples.
# Names it: where T is odd
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.linspace(0, 8000, s.shape[-1] // 2 + 1)
    high = [torch.fft.rfft(x).abs().square()[..., hz >= cutoff_hz].sum(-1) for x in (s_hat, s)]
    return high[0] / high[1]
