# Slip: alpha times the estimate as target.
# Names it: Scale the reference
import torch


def si_sdr(s_hat, s):
    alpha = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)
    target = alpha * s_hat
    error = s_hat - target
    return 10 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
