# Slip: makes b of the new f.
# Names it: e- is made of the new e+
import torch


def burg(x, order):
    f, b = x[..., 1:], x[..., :-1]
    a = x[..., :0]
    for _ in range(order):
        k = 2 * (f * b).sum(-1, keepdim=True) / (f * f + b * b).sum(-1, keepdim=True).clamp_min(1e-20)
        a = torch.cat([a - k * a.flip(-1), k], -1)
        f = f - k * b
        b = b - k * f
        f, b = f[..., 1:], b[..., :-1]
    return a
