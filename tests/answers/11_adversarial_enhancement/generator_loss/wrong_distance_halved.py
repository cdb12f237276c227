# Slip: halves the distance as well.
# Names it: distance is halved
import torch


def generator_loss(fake, distance, weight):
    return (torch.stack([(f - 1).square().mean() for f in fake]).mean() + weight * distance) / 2
