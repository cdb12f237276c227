# Slip: writes into the caller's frames.
# Names it: changed its input
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    window = torch.hann_window(frames.shape[-2])
    frames *= window[:, None]
    return torch.fft.rfft(frames, dim=-2)
