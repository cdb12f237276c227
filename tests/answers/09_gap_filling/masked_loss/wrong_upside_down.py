# Slip: divides the power by the error.
# Names it: upside down
import torch


def masked_loss(s_hat, s, mask):
    error = (mask * (s_hat - s)).square().sum((-1, -2))
    power = (mask * s).square().sum((-1, -2)).clamp_min(1e-8)
    return torch.log10(power / error + 0.01).mean()
