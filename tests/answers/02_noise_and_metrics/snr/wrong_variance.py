# Slip: variance in place of energy.
# Names it: variance
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.var(-1, correction=0) / (s_hat - s).var(-1, correction=0))
