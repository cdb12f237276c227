# Slip: leaves out the half sample.
# Names it: t + 1/2
import torch


def linear_fill(before, after, length, *, order=512):
    mirrored = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(mirrored, burg(mirrored, order), length).flip(-1)
    t = torch.arange(length, dtype=before.dtype)
    w = torch.cos(torch.pi / 2 * t / length) ** 2
    return w * f + (1 - w) * b, f, b
