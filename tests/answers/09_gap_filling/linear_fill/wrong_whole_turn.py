# Slip: lets the angle go to pi.
# Names it: rise again
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(-1)
    w = torch.cos(torch.pi * (torch.arange(length, dtype=before.dtype) + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
