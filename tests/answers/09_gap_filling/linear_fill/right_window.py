import math

import torch


def linear_fill(before, after, length, *, order=512):
    turned = torch.flip(after, dims=(-1,))
    f = extrapolate(before, burg(before, order), length)
    b = torch.flip(extrapolate(turned, burg(turned, order), length), dims=(-1,))
    angle = math.pi / (2 * length) * torch.arange(0.5, length, 1.0, dtype=before.dtype)
    return torch.cos(angle) ** 2 * f + torch.sin(angle) ** 2 * b, f, b
