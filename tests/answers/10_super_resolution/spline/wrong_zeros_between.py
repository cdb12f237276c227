# Slip: puts zeros between the samples.
import torch


def spline(y, r):
    x = torch.zeros(*y.shape[:-1], r * y.shape[-1])
    x[..., ::r] = y
    return x
