# Slip: predicts from known samples only.
# Names it: New samples are not used
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    line = torch.cat([x[..., x.shape[-1] - p:], x.new_zeros(*x.shape[:-1], length)], -1)
    return torch.stack([(line[..., t:t + p] * a.flip(-1)).sum(-1) for t in range(length)], -1)
