# Slip: limits the power by the magnitude of the floor.
# Names it: 20 is for magnitudes
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return 10 * torch.log10((X.abs() ** 2).clamp_min(10 ** (floor_db / 20)))
