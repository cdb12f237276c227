# Slip: Only originals.
# Names it: part of the estimates is missing
import torch


def discriminator_loss(real, fake):
    parts = [(r - 1).square().mean() / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
