import numpy as np
import torch


def quiet_frames(Y, *, fraction=0.2):
    power = np.sum(np.abs(Y.numpy()) ** 2, axis=-2)
    K = power.shape[-1]
    count = max(1, round(fraction * K))
    flat = power.reshape(-1, K)
    out = np.zeros(flat.shape, dtype=bool)
    for row, values in zip(out, flat, strict=True):
        row[np.argsort(values)[:count]] = True
    return torch.from_numpy(out.reshape(power.shape))
