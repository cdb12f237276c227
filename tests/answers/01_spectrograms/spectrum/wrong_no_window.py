# Slip: no window.
# Names it: window is missing
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    return torch.fft.rfft(frames, dim=-2)
