# Slip: fades along a line.
# Names it: along a line
import torch


def linear_fill(before, after, length, *, order=512):
    mirrored = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(mirrored, burg(mirrored, order), length).flip(-1)
    t = torch.arange(length, dtype=before.dtype)
    w = 1 - (t + 0.5) / length
    return w * f + (1 - w) * b, f, b
