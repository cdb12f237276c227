# Slip: takes 512 coefficients, whatever the order.
# Names it: Is `order` given to burg
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, 512), length)
    b = extrapolate(m, burg(m, 512), length).flip(-1)
    w = torch.cos(torch.pi / 2 * (torch.arange(length, dtype=before.dtype) + 0.5) / length) ** 2
    return w * f + (1 - w) * b, f, b
