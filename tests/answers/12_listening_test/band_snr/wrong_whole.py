# Slip: all frequencies.
# Names it: all frequencies
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    return 10 * torch.log10(s.square().sum(-1) / (s_hat - s).square().sum(-1))
