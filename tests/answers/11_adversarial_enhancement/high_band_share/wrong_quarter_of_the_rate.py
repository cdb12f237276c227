# Slip: Halves the frequencies twice: the last one at 4 kHz.
# Names it: too low
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 8000 / s.shape[-1]
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = hz >= cutoff_hz
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
