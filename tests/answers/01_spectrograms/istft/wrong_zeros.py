# Slip: constant output.
# Names it: same number
import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    return torch.zeros(*X.shape[:-2], length)
