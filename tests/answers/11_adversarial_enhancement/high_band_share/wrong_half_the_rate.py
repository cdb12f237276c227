# Slip: Believes that the last bin is at 16 kHz.
# Names it: twice too high
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.linspace(0, 16000, s.shape[-1] // 2 + 1)
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = hz >= cutoff_hz
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
