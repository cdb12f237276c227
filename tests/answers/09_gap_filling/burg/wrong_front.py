# Slip: puts the new coefficient first.
# Names it: new k stands at the front
import torch


def burg(x, order):
    f, b = x[..., 1:], x[..., :-1]
    a = x[..., :0]
    for _ in range(order):
        k = 2 * (f * b).sum(-1, keepdim=True) / (f * f + b * b).sum(-1, keepdim=True).clamp_min(1e-20)
        a = torch.cat([k, a - k * a.flip(-1)], -1)
        f, b = (f - k * b)[..., 1:], (b - k * f)[..., :-1]
    return a
