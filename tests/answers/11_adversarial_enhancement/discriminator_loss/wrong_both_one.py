# Slip: Wants 1 of both.
# Names it: what the generator wants
import torch


def discriminator_loss(real, fake):
    parts = [((r - 1).square().mean() + (f - 1).square().mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
