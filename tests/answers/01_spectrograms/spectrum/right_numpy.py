import numpy as np
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    L = frames.shape[-2]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(L) / L)
    return torch.from_numpy(np.fft.rfft(frames.numpy() * window.reshape(-1, 1), axis=-2))
