# Slip: returns the faded parts as f and b.
# Names it: f is faded
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(-1)
    w = torch.cos(torch.pi / 2 * (torch.arange(length, dtype=before.dtype) + 0.5) / length) ** 2
    f, b = w * f, (1 - w) * b
    return f + b, f, b
