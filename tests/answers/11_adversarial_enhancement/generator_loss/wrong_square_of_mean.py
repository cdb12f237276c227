# Slip: The mean before the square.
# Names it: before the square
import torch


def generator_loss(fake, distance, weight):
    parts = [(f.mean() - 1) ** 2 / 2 for f in fake]
    return torch.stack(parts).mean() + weight * distance
