# Slip: floor below the loudest value.
# Names it: loudest
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    level = 10 * torch.log10(X.abs() ** 2)
    return torch.maximum(level, level.max() + floor_db)
