# Slip: sums over the batch.
# Names it: whole batch
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum()
    power = (mask * s).square().sum().clamp_min(1e-8)
    return torch.log10(error / power + 0.01).mean()
