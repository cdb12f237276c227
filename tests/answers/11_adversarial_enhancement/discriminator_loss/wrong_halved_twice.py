# Slip: takes the mean over the halves of all scales.
# Names it: halved twice
import torch


def discriminator_loss(real, fake):
    parts = []
    for r, f in zip(real, fake, strict=True):
        parts += [(r - 1).square().mean() / 2, f.square().mean() / 2]
    return torch.stack(parts).mean()
