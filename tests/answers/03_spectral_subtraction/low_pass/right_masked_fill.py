import torch


def low_pass(Y, *, cutoff_hz):
    step = 8000 / (Y.shape[-2] - 1)
    above = torch.arange(Y.shape[-2]).unsqueeze(1) * step > cutoff_hz
    return Y.masked_fill(above, 0)
