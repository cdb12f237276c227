# Slip: halves the part of the originals only.
# Names it: part of the estimates is not halved
import torch


def discriminator_loss(real, fake):
    return torch.stack([(r - 1).square().mean() / 2 + f.square().mean() for r, f in zip(real, fake, strict=True)]).mean()
