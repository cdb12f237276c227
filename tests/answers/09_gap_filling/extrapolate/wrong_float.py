# Slip: puts the new samples into a line of float32.
# Names it: float32, expected
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.zeros(*x.shape[:-1], p + length)
    line[..., :p] = x[..., x.shape[-1] - p:]
    for t in range(length):
        line[..., p + t] = (line[..., t:t + p] * a.flip(-1)).sum(-1)
    return line[..., p:]
