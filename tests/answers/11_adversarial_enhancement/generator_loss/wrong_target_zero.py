# Slip: Wants a 0, as the discriminator does.
# Names it: asks the discriminator for a 0
import torch


def generator_loss(fake, distance, weight):
    parts = [f.square().mean() / 2 for f in fake]
    return torch.stack(parts).mean() + weight * distance
