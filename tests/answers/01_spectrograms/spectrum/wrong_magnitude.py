# Slip: returns the magnitude.
# Names it: magnitude
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    window = torch.hann_window(frames.shape[-2])
    return torch.fft.rfft(frames * window[:, None], dim=-2).abs()
