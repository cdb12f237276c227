# Slip: Weighs both parts, so that the weights add up to 1.
# Names it: count 1 - weight
import torch


def generator_loss(fake, distance, weight):
    fooled = torch.stack([(f - 1).square().mean() / 2 for f in fake]).mean()
    return (1 - weight) * fooled + weight * distance
