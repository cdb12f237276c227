# Slip: Forgets the halves.
# Names it: halved
import torch


def discriminator_loss(real, fake):
    parts = [(r - 1).square().mean() + f.square().mean() for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
