# Slip: factor 20 for energies.
# Names it: factor is 10
import torch


def si_sdr(s_hat, s):
    alpha = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)
    target = alpha * s
    error = s_hat - target
    return 20 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
