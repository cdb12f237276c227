# Slip: subtracts the means.
# Names it: means were subtracted
import torch


def si_sdr(s_hat, s):
    s_hat = s_hat - s_hat.mean(-1, keepdim=True)
    s = s - s.mean(-1, keepdim=True)
    alpha = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True)
    return 10 * torch.log10((alpha * s).square().sum(-1) / (s_hat - alpha * s).square().sum(-1))
