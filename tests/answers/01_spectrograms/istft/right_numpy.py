import numpy as np
import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    spectra = X.numpy().astype(complex)
    L, K = 2 * (spectra.shape[-2] - 1), spectra.shape[-1]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(L) / L)
    x = np.zeros((*spectra.shape[:-2], L + (K - 1) * hop_length))
    weight = np.zeros(x.shape[-1])
    for k in range(K):
        x[..., k * hop_length:k * hop_length + L] += window * np.fft.irfft(spectra[..., k])
        weight[k * hop_length:k * hop_length + L] += window**2
    x = x / np.maximum(weight, 1e-12)
    return torch.from_numpy(x[..., L // 2:L // 2 + length])
