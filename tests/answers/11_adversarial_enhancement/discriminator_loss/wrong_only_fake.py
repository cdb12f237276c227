# Slip: Only estimates.
# Names it: part of the originals is missing
import torch


def discriminator_loss(real, fake):
    parts = [f.square().mean() / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
