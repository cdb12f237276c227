# Slip: log10 without the factor of 10.
# Names it: bels
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return torch.log10(X.abs() ** 2).clamp_min(floor_db / 10)
