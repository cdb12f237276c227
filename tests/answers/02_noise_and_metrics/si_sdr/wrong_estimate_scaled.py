# Slip: finds the best gain for the estimate.
# Names it: scale the reference
import torch


def si_sdr(s_hat, s):
    beta = (s_hat * s).sum(-1, keepdim=True) / s_hat.square().sum(-1, keepdim=True)
    return 10 * torch.log10(s.square().sum(-1) / (beta * s_hat - s).square().sum(-1))
