# Slip: The share of all energy.
# Names it: all energy
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = hz >= cutoff_hz
    return S_hat.sum(-1) / S.sum(-1)
