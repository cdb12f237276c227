import torch


def extrapolate(x, a, length):
    values = list(x.unbind(-1))  # T tensors (...)
    p = a.shape[-1]
    for _ in range(length):
        values.append(sum(a[..., k] * values[-1 - k] for k in range(p)))
    return torch.stack(values[x.shape[-1]:], -1)  # (..., length)
