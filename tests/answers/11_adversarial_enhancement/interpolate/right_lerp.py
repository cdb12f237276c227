import torch


def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: torch.lerp(a[name], b[name], alpha) for name in a}
