# Slip: counts all samples.
# Names it: known samples count too
import torch


def masked_loss(s_hat, s, mask):
    error = (s_hat - s).square().sum((-1, -2))
    power = s.square().sum((-1, -2)).clamp_min(1e-8)
    return torch.log10(error / power + 0.01).mean()
