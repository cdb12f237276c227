# Slip: adds the 0.01 to the logarithm.
# Names it: stands inside of it
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2))
    power = (mask * s).square().sum((-1, -2)).clamp_min(1e-8)
    return (torch.log10(error / power) + 0.01).mean()
