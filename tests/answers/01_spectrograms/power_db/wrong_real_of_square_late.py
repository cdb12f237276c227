# Slip: real part of X^2, limited after the logarithm.
# Names it: negative
import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return (10 * torch.log10((X**2).real)).clamp_min(floor_db)
