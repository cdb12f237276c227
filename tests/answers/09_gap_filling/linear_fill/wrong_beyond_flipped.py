# Slip: continues the right side beyond its end and flips that.
# Names it: flip `after` first
import torch


def linear_fill(before, after, length, *, order=512):
    mirrored = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(after, burg(after, order), length).flip(-1)
    t = torch.arange(length, dtype=before.dtype)
    w = torch.cos(torch.pi / 2 * (t + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
