# Slip: divides by 0 in silence.
# Names it: at least 1e-8
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2))
    power = (mask * s).square().sum((-1, -2))
    return torch.log10(error / power + 0.01).mean()
