# Slip: rounds the first number of the high band down.
# Names it: compare k fs / T with the cutoff
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    k = int(cutoff_hz * s.shape[-1] / 16000)
    high = [torch.fft.rfft(x).abs().square()[..., k:].sum(-1) for x in (s_hat, s)]
    return high[0] / high[1]
