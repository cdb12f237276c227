# Slip: Divides by the number of frequencies, not by the number of samples.
# Names it: twice too high
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = torch.arange(S.shape[-1]) * 16000 / S.shape[-1] >= cutoff_hz
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
