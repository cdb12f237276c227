# Slip: takes the number of a bin for its frequency.
# Names it: bin number
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    S_hat, S = torch.fft.rfft(s_hat), torch.fft.rfft(s)
    S_hat, S = S_hat[..., : int(high_hz)], S[..., : int(high_hz)]
    return 10 * torch.log10(S.abs().square().sum(-1) / (S_hat - S).abs().square().sum(-1))
