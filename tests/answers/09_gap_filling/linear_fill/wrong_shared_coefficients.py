# Slip: uses the coefficients of the left side on both sides.
# Names it: coefficients of its own
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    a = burg(before, order)
    f = extrapolate(before, a, length)
    b = extrapolate(m, a, length).flip(-1)
    w = torch.cos(torch.pi / 2 * (torch.arange(length, dtype=before.dtype) + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
