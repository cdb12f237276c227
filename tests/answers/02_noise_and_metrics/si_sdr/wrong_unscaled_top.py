# Slip: the energy of s on top, not of alpha s.
# Names it: must be that of alpha s
import torch


def si_sdr(s_hat, s):
    alpha = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)
    target = alpha * s
    error = s_hat - target
    return 10 * torch.log10(s.square().sum(-1) / error.square().sum(-1))
