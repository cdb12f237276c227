# Slip: mean over the batch.
# Names it: not their mean
import torch


def snr(s_hat, s):
    return (10 * torch.log10(s.square().sum(-1) / (s_hat - s).square().sum(-1))).mean()
