import numpy as np
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    power = (X * X.conj()).real.double().numpy()
    level = np.full(power.shape, float(floor_db))
    np.log10(power, out=level, where=power > 0)
    level[power > 0] *= 10
    return torch.from_numpy(np.maximum(level, floor_db))
