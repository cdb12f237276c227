# Slip: Forgets the half.
# Names it: halved
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() for f in fake]
    return torch.stack(parts).mean() + weight * distance
