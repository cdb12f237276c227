# Slip: takes sums over the scores.
# Names it: sums over the scores
import torch


def generator_loss(fake, distance, weight):
    return torch.stack([(f - 1).square().sum() / 2 for f in fake]).mean() + weight * distance
