# Slip: The weight stands before the scores.
# Names it: belongs to the distance
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 for f in fake]
    return weight * torch.stack(parts).mean() + distance
