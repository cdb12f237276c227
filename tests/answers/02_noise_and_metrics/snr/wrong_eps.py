# Slip: adds a small number to the error.
# Names it: a perfect estimate has inf
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.square().sum(-1) / ((s_hat - s).square().sum(-1) + 1e-8))
