# Slip: difference of energies.
# Names it: difference of two energies
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.square().sum(-1) / (s_hat.square().sum(-1) - s.square().sum(-1)).abs())
