# Slip: the upper end is taken in.
# Names it: upper end is taken in
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    S_hat, S = torch.fft.rfft(s_hat), torch.fft.rfft(s)
    f = torch.arange(S.shape[-1]) * 16000 / s.shape[-1]
    band = (f >= low_hz) & (f <= high_hz)
    return 10 * torch.log10(S[..., band].abs().square().sum(-1) / (S_hat - S)[..., band].abs().square().sum(-1))
