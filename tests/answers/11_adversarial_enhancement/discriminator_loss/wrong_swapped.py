# Slip: Wants 0 of originals and 1 of estimates.
# Names it: swapped
import torch


def discriminator_loss(real, fake):
    parts = [(r.square().mean() + (f - 1).square().mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
