# Slip: The mean before the square.
# Names it: before the square
import torch


def discriminator_loss(real, fake):
    parts = [((r.mean() - 1) ** 2 + f.mean() ** 2) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
