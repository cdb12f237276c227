# Slip: the length 512 instead of that of the frames.
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    return torch.fft.rfft(frames * torch.hann_window(512)[:, None], dim=-2)
