# Slip: Adds the distance at each scale and sums.
# Names it: sum over the scales
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 + weight * distance for f in fake]
    return torch.stack(parts).sum()
