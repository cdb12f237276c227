import numpy as np


def quantise(z, *, bits, low, high):
    low, high = (np.asarray(v, dtype=np.float64) for v in (low, high))
    unit = (z.numpy().astype(np.float64) - low) / (high - low)
    index = np.minimum(np.maximum(np.floor(unit * 2 ** bits), 0), 2 ** bits - 1)
    return torch.from_numpy(((index + 0.5) / 2 ** bits * (high - low) + low).astype(np.float32))
