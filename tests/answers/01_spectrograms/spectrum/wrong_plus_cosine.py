# Slip: 1/2 + 1/2 cos.
# Names it: upside down
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    L = frames.shape[-2]
    window = 0.5 + 0.5 * torch.cos(2 * torch.pi * torch.arange(L) / L)
    return torch.fft.rfft(frames * window[:, None], dim=-2)
