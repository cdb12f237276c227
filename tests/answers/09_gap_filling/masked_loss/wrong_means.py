# Slip: takes means over the samples.
# Names it: These are means
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().mean((-1, -2))
    power = (mask * s).square().mean((-1, -2)).clamp_min(1e-8)
    return torch.log10(error / power + 0.01).mean()
