# Slip: weighs with cosine and sine.
# Names it: neither of them
import torch


def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(-1)
    u = torch.pi / 2 * (torch.arange(length, dtype=before.dtype) + 0.5) / length
    return u.cos() * f + u.sin() * b, f, b
