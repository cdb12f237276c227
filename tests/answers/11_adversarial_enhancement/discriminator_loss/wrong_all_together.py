# Slip: Puts all scores together.
# Names it: put together
import torch


def discriminator_loss(real, fake):
    r, f = (torch.cat([x.flatten() for x in scores]) for scores in (real, fake))
    return ((r - 1).square().mean() + f.square().mean()) / 2
