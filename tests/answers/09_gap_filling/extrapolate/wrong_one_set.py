# Slip: continues all waveforms with the coefficients of the first.
# Names it: coefficients of the first
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    a = a.reshape(-1, p)[0]
    line = torch.cat([x[..., x.shape[-1] - p:], x.new_zeros(*x.shape[:-1], length)], -1)
    for t in range(length):
        line[..., p + t] = (line[..., t:t + p] * a.flip(-1)).sum(-1)
    return line[..., p:]
