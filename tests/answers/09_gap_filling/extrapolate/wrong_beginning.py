# Slip: continues the beginning.
# Names it: beginning of x is continued
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.cat([x[..., :p], x.new_zeros(*x.shape[:-1], length)], -1)
    for t in range(length):
        line[..., p + t] = (line[..., t:t + p] * a.flip(-1)).sum(-1)
    return line[..., p:]
