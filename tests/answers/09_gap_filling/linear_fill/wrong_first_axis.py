# Slip: mirrors the first axis.
# Names it: of a batch
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(0)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(0)
    w = torch.cos(torch.pi / 2 * (torch.arange(length, dtype=before.dtype) + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
