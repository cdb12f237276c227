# Slip: error on top.
# Names it: upside down
import torch


def snr(s_hat, s):
    return 10 * torch.log10((s_hat - s).square().sum(-1) / s.square().sum(-1))
