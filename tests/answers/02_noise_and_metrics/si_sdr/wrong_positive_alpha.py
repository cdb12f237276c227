# Slip: alpha cannot be negative.
# Names it: alpha may be negative
import torch


def si_sdr(s_hat, s):
    alpha = ((s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)).abs()
    target = alpha * s
    error = s_hat - target
    return 10 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
