# Slip: subtracts in place.
# Names it: in place
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    s_hat -= s
    S_hat, S = torch.fft.rfft(s_hat), torch.fft.rfft(s)
    f = torch.fft.rfftfreq(s.shape[-1], 1 / 16000)
    band = (f >= low_hz) & (f < high_hz)
    return 10 * torch.log10(S[..., band].abs().square().sum(-1) / S_hat[..., band].abs().square().sum(-1))
