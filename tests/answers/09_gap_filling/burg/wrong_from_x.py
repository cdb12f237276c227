# Slip: begins with both errors equal to x.
# Names it: both errors begin as x
import torch


def burg(x, order):
    f, b = x, x
    a = x[..., :0]
    for _ in range(order):
        k = 2 * (f * b).sum(-1, keepdim=True) / (f * f + b * b).sum(-1, keepdim=True).clamp_min(1e-20)
        a = torch.cat([a - k * a.flip(-1), k], -1)
        f, b = (f - k * b)[..., 1:], (b - k * f)[..., :-1]
    return a
