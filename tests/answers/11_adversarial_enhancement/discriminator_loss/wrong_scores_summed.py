# Slip: takes sums over the scores.
# Names it: sums over the scores
import torch


def discriminator_loss(real, fake):
    return torch.stack([((r - 1).square().sum() + f.square().sum()) / 2 for r, f in zip(real, fake, strict=True)]).mean()
