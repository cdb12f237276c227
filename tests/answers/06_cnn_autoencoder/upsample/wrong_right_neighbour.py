# Slip: looks for a sample behind the last one.
# Names it: last one itself

import torch


def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return x.repeat_interleave(factor, -1)
    T = x.shape[-1]
    t = ((torch.arange(factor * T) + 0.5) / factor - 0.5).clamp(0, T - 1)
    left = t.floor().long()
    part = t - left
    return x[..., left] * (1 - part) + x[..., left + 1] * part
