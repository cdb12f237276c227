# Slip: Puts all scores together.
# Names it: put together
import torch


def generator_loss(fake, distance, weight):
    f = torch.cat([x.flatten() for x in fake])
    return (f - 1).square().mean() / 2 + weight * distance
