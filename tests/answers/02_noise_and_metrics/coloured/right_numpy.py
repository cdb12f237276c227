import torch


def coloured(white, exponent):
    import numpy as np

    length = white.shape[-1]
    k = np.arange(length // 2 + 1, dtype=float)
    k[0] = np.inf
    gain = (1 / k) ** (exponent / 2) if exponent else np.isfinite(k) * 1.0
    x = np.fft.irfft(np.fft.rfft(white.numpy()) * gain, length)
    return torch.from_numpy(x / np.sqrt(np.mean(x ** 2, axis=-1, keepdims=True)))
