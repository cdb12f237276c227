# Slip: The sum over the scales.
# Names it: sum over the scales
import torch


def discriminator_loss(real, fake):
    parts = [((r - 1).square().mean() + f.square().mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).sum()
