# Slip: cuts e+ before e- is made.
# Names it: make both before you cut either
import torch


def burg(x, order):
    plus, minus = x[..., 1:], x[..., :-1]
    a = x[..., :0]
    for _ in range(order):
        power = (plus.square() + minus.square()).sum(-1, keepdim=True)
        k = 2 * (plus * minus).sum(-1, keepdim=True) / power.clamp_min(1e-20)
        a = torch.cat([a - k * a.flip(-1), k], -1)
        plus = (plus - k * minus)[..., 1:]
        minus = (minus - k * plus)[..., :-1]
    return a
