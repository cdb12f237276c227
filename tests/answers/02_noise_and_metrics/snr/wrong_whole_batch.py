# Slip: sums over the whole batch.
# Names it: last axis only
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.square().sum() / (s_hat - s).square().sum())
