# Slip: uses one order for all.
# Names it: same for order 3 and order 12
import torch


def linear_fill(before, after, length, *, order=512):
    mirrored = after.flip(-1)
    f = extrapolate(before, burg(before, 32), length)
    b = extrapolate(mirrored, burg(mirrored, 32), length).flip(-1)
    t = torch.arange(length, dtype=before.dtype)
    w = torch.cos(torch.pi / 2 * (t + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
