# Slip: Frequencies in cycles per sample, from 0 to 1/2.
# Names it: in Hz
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.fft.rfftfreq(s.shape[-1])
    S_hat, S = torch.fft.rfft(s_hat).abs().square(), torch.fft.rfft(s).abs().square()
    high = hz >= cutoff_hz
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
