# Slip: The weight counts for both.
# Names it: both parts
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 for f in fake]
    return weight * (torch.stack(parts).mean() + distance)
