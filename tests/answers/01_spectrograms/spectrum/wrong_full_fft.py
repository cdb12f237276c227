# Slip: keeps the negative frequencies.
# Names it: negative
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    window = torch.hann_window(frames.shape[-2])
    return torch.fft.fft(frames * window[:, None], dim=-2)
