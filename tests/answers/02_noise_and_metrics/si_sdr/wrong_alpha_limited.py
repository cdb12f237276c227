# Slip: alpha is limited to 0 or more.
# Names it: do not limit it
import torch


def si_sdr(s_hat, s):
    alpha = ((s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)).clamp_min(0)
    target = alpha * s
    error = s_hat - target
    return 10 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
