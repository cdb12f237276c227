# Slip: lets the weights reach 0 at the last sample.
# Names it: neither 0 nor 1
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(-1)
    w = torch.cos(torch.linspace(0, torch.pi / 2, length, dtype=before.dtype)) ** 2
    return w * f + (1 - w) * b, f, b
