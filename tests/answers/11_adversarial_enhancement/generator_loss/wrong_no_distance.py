# Slip: Leaves out the distance.
# Names it: distance is missing
import torch


def generator_loss(fake, distance, weight):
    parts = [(f - 1).square().mean() / 2 for f in fake]
    return torch.stack(parts).mean()
