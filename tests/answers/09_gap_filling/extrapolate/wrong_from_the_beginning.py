# Slip: goes through x from its beginning.
# Names it: counted from the beginning of x
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.cat([x, x.new_zeros(*x.shape[:-1], length)], -1)
    T = x.shape[-1]
    for t in range(length):
        line[..., T + t] = (line[..., t:t + p] * a.flip(-1)).sum(-1)
    return line[..., T:]
