# Slip: puts zeros between the samples.
# Names it: zeros between
import torch


def spline(y, r):
    x = torch.zeros(*y.shape[:-1], r * y.shape[-1])
    x[..., ::r] = y
    return x
