# Slip: takes the known samples.
# Names it: turned round
import torch


def masked_loss(s_hat, s, mask):
    error = ((1 - mask) * (s_hat - s)).square().sum((-1, -2))
    power = ((1 - mask) * s).square().sum((-1, -2)).clamp_min(1e-8)
    return torch.log10(error / power + 0.01).mean()
