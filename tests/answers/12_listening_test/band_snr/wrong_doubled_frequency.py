# Slip: takes the last bin for the sample rate.
# Names it: half the sample rate
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    S_hat, S = torch.fft.rfft(s_hat), torch.fft.rfft(s)
    f = torch.linspace(0, 16000, S.shape[-1])
    band = (f >= low_hz) & (f < high_hz)
    return 10 * torch.log10(S[..., band].abs().square().sum(-1) / (S_hat - S)[..., band].abs().square().sum(-1))
