# Slip: Absolute values.
# Names it: absolute values
import torch


def discriminator_loss(real, fake):
    parts = [((r - 1).abs().mean() + f.abs().mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
