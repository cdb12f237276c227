# Slip: writes into x.
# Names it: x after the call
import torch


def extrapolate(x, a, length):
    p, new = a.shape[-1], []
    past = x
    for _ in range(length):
        value = (past[..., past.shape[-1] - p:] * a.flip(-1)).sum(-1)
        new.append(value)
        past[..., :-1] = past[..., 1:].clone()
        past[..., -1] = value
    return torch.stack(new, -1)
