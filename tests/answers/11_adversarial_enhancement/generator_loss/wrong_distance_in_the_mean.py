# Slip: takes the mean of the scales and the distance.
# Names it: as if it were one more
import torch


def generator_loss(fake, distance, weight):
    return torch.stack([*((f - 1).square().mean() / 2 for f in fake), weight * distance]).mean()
