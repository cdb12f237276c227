# Slip: factor 20 for energies.
# Names it: factor is 10
import torch


def snr(s_hat, s):
    return 20 * torch.log10(s.square().sum(-1) / (s_hat - s).square().sum(-1))
