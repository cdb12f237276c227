import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    L = frames.shape[-2]
    window = torch.sin(torch.pi * torch.arange(L) / L) ** 2
    windowed = torch.einsum("l,...lk->...lk", window, frames)
    return torch.fft.fft(windowed, dim=-2)[..., :L // 2 + 1, :]
