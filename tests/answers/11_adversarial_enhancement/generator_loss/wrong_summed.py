# Slip: The sum over the scales.
# Names it: sum over the scales
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 for f in fake]
    return torch.stack(parts).sum() + weight * distance
