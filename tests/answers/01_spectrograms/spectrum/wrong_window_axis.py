# Slip: window along the frames.
# Names it: last axis
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    window = torch.hann_window(frames.shape[-1])
    return torch.fft.rfft(frames * window, dim=-2)
