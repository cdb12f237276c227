# Slip: takes the ratio of the roots.
# Names it: The roots are taken
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2)).sqrt()
    power = (mask * s).square().sum((-1, -2)).clamp_min(1e-8).sqrt()
    return torch.log10(error / power + 0.01).mean()
