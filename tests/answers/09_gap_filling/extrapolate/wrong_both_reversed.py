# Slip: reads samples and coefficients backwards.
# Names it: turn round only one
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.cat([x[..., x.shape[-1] - p:].flip(-1), x.new_zeros(*x.shape[:-1], length)], -1)
    for t in range(length):
        line[..., p + t] = (line[..., t:t + p] * a.flip(-1)).sum(-1)
    return line[..., p:]
