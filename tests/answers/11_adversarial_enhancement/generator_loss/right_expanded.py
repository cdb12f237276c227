import torch


def generator_loss(fake, distance, weight):
    fooled = torch.stack([(f * f - 2 * f + 1).mean() for f in fake]).mean()
    return fooled / 2 + weight * distance
