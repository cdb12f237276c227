import numpy as np
import torch


def upsample(x, factor, *, mode="nearest"):
    values = x.numpy()
    if mode == "nearest":
        return torch.from_numpy(np.repeat(values, factor, axis=-1))
    ends = np.concatenate([values[..., :1], values, values[..., -1:]], -1)
    t = (np.arange(factor * values.shape[-1]) + 0.5) / factor + 0.5
    left = np.floor(t).astype(int)
    part = (t - left).astype(np.float32)
    return torch.from_numpy((1 - part) * ends[..., left] + part * ends[..., left + 1])
