# Slip: Wants scores as large as possible.
# Names it: only up to 1
import torch


def generator_loss(fake, distance, weight):
    parts = [-f.mean() for f in fake]
    return torch.stack(parts).mean() + weight * distance
