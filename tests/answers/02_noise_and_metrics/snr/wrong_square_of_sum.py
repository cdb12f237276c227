# Slip: squares the sum instead of summing the squares.
# Names it: square every sample
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.sum(-1) ** 2 / (s_hat - s).sum(-1) ** 2)
