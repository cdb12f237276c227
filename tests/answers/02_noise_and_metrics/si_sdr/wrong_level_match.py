# Slip: gives both the same level.
# Names it: projection
import torch


def si_sdr(s_hat, s):
    alpha = s_hat.norm(dim=-1, keepdim=True) / s.norm(dim=-1, keepdim=True)
    target = alpha * s
    error = s_hat - target
    return 10 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
