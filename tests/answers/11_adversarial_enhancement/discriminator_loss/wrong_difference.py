# Slip: takes the part of the estimates away.
# Names it: taken away
import torch


def discriminator_loss(real, fake):
    return torch.stack([((r - 1).square().mean() - f.square().mean()) / 2 for r, f in zip(real, fake, strict=True)]).mean()
