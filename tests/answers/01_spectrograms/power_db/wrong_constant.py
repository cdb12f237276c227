# Slip: constant output.
# Names it: same number
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return torch.full(X.shape, floor_db)
