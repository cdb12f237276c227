# Slip: Compares the number of a frequency with the cutoff.
# Names it: in Hz
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    high = torch.arange(s.shape[-1] // 2 + 1) >= cutoff_hz
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
