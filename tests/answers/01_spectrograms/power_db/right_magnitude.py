import torch


def power_db(X, *, floor_db=-80.0):
    """Compute the power of a complex spectrogram in dB, where a power of 1 is 0 dB."""
    magnitude = torch.sqrt(X.real**2 + X.imag**2)
    return torch.maximum(20 * torch.log10(magnitude), torch.tensor(floor_db))
