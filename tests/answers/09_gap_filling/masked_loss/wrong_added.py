# Slip: adds 1e-8 below the line.
# Names it: is added below the line
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2))
    power = (mask * s).square().sum((-1, -2)) + 1e-8
    return torch.log10(error / power + 0.01).mean()
