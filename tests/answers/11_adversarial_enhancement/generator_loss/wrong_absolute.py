# Slip: takes absolute values of the scores.
# Names it: absolute values
import torch


def generator_loss(fake, distance, weight):
    return torch.stack([(f - 1).abs().mean() / 2 for f in fake]).mean() + weight * distance
