# Slip: limits the error from below by the machine precision.
# Names it: perfect estimate has inf
import torch


def snr(s_hat, s):
    error = (s_hat - s).square().sum(-1).clamp_min(torch.finfo(s.dtype).eps)
    return 10 * torch.log10(s.square().sum(-1) / error)
