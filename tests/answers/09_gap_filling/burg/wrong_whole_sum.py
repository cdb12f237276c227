# Slip: sums over the batch.
# Names it: sums are over the whole batch
import torch


def burg(x, order):
    f, b = x[..., 1:], x[..., :-1]
    a = x[..., :0]
    for _ in range(order):
        k = 2 * (f * b).sum() / (f * f + b * b).sum().clamp_min(1e-20) * torch.ones_like(x[..., :1])
        a = torch.cat([a - k * a.flip(-1), k], -1)
        f, b = (f - k * b)[..., 1:], (b - k * f)[..., :-1]
    return a
