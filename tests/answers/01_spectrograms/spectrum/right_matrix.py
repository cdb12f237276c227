import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    L = frames.shape[-2]
    turns = torch.outer(torch.arange(L // 2 + 1), torch.arange(L)) / L
    fourier = torch.exp(-2j * torch.pi * turns) * torch.hann_window(L)
    return fourier @ frames.to(fourier.dtype)
