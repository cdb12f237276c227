# Slip: does not square.
# Names it: not squared
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).abs().sum((-1, -2))
    power = (mask * s).abs().sum((-1, -2)).clamp_min(1e-8)
    return torch.log10(error / power + 0.01).mean()
