# Slip: takes the mean.
# Names it: mean of both
import torch


def linear_fill(before, after, length, *, order=512):
    mirrored = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(mirrored, burg(mirrored, order), length).flip(-1)
    t = torch.arange(length, dtype=before.dtype)
    w = 0.5
    return w * f + (1 - w) * b, f, b
