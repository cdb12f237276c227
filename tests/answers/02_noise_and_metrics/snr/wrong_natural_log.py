# Slip: natural logarithm.
# Names it: base 10
import torch


def snr(s_hat, s):
    return 10 * torch.log(s.square().sum(-1) / (s_hat - s).square().sum(-1))
