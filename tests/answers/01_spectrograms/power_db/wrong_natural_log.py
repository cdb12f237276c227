# Slip: natural logarithm.
# Names it: log10
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return 10 * torch.log((X.abs() ** 2).clamp_min(10 ** (floor_db / 10)))
