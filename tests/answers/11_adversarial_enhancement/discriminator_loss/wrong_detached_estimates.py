# Slip: Detaches the scores of estimates: then the judge learns nothing from them.
import torch


def discriminator_loss(real, fake):
    parts = [((r - 1).square().mean() + f.detach().square().mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
