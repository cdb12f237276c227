# Slip: adds the weight to the distance.
# Names it: The weight is added
import torch


def generator_loss(fake, distance, weight):
    return torch.stack([(f - 1).square().mean() / 2 for f in fake]).mean() + weight + distance
