# Slip: No gradient for the distance.
# Names it: no gradient gets to the distance
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 for f in fake]
    return torch.stack(parts).mean() + weight * float(distance)
