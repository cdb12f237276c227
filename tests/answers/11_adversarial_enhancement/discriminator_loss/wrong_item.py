# Slip: A float, with no gradient.
# Names it: gradient
import torch


def discriminator_loss(real, fake):
    parts = [(((r - 1).square().mean() + f.square().mean()) / 2).item() for r, f in zip(real, fake)]
    return torch.tensor(sum(parts) / len(parts))
