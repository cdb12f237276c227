# Slip: One number for the whole batch.
# Names it: whole batch
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = hz >= cutoff_hz
    return S_hat[..., high].sum() / S[..., high].sum()
