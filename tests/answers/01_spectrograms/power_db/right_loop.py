import math

import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    levels = []
    for value in X.flatten().tolist():
        power = value.real**2 + value.imag**2
        levels.append(max(10 * math.log10(power), floor_db) if power > 0 else floor_db)
    return torch.tensor(levels).reshape(X.shape)
