import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    L = 2 * (X.shape[-2] - 1)
    flat = X.reshape(-1, *X.shape[-2:])
    x = torch.istft(flat, L, hop_length, window=torch.hann_window(L), center=True, length=length)
    return x.reshape(*X.shape[:-2], length)
