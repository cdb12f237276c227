# Slip: constant output.
# Names it: same number everywhere
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    return torch.zeros(*frames.shape[:-2], frames.shape[-2] // 2 + 1, frames.shape[-1], dtype=torch.complex64)
