# Slip: target on top, but the error is still s_hat - s.
# Names it: the error must be
import torch


def si_sdr(s_hat, s):
    alpha = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)
    target = alpha * s
    return 10 * torch.log10(target.square().sum(-1) / (s_hat - s).square().sum(-1))
