# Slip: energy of the estimate on top.
# Names it: reference goes on top
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s_hat.square().sum(-1) / (s_hat - s).square().sum(-1))
