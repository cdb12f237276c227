# Slip: does not reverse the coefficients.
# Names it: wrong way round
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.cat([x[..., x.shape[-1] - p:], x.new_zeros(*x.shape[:-1], length)], -1)
    for t in range(length):
        line[..., p + t] = (line[..., t:t + p] * a).sum(-1)
    return line[..., p:]
