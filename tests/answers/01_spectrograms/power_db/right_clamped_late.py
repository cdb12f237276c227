import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    return (20 * torch.log10(X.abs())).clamp_min(floor_db)
