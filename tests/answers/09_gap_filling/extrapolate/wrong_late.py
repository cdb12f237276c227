# Slip: starts one sample late.
# Names it: one too many
import torch


def extrapolate(x, a, length):
    values = list(x.unbind(-1))
    for _ in range(length + 1):
        values.append(sum(a[..., k] * values[-1 - k] for k in range(a.shape[-1])))
    return torch.stack(values[x.shape[-1] + 1:], -1)
