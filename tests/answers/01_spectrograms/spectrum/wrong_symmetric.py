# Slip: symmetric window, as scipy.signal.windows.hann and np.hanning give it.
# Names it: symmetric
import torch


def spectrum(frames):
    """Multiply every frame by a periodic Hann window and compute its Fourier transform."""
    window = torch.hann_window(frames.shape[-2], periodic=False)
    return torch.fft.rfft(frames * window[:, None], dim=-2)
