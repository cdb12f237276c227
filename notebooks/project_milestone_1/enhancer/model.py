"""The network, and the loss that it is trained with."""

import torch
from torch import nn

### BEGIN SOLUTION
from torch.nn import functional

N_FFT, HOP = 512, 256


def stft(x: torch.Tensor) -> torch.Tensor:
    """Return the spectrogram, (B, F, K), of waveforms, (B, T)."""
    x = functional.pad(x, (0, max(0, N_FFT - x.shape[-1])))
    window = torch.hann_window(N_FFT, device=x.device)
    return torch.stft(x, N_FFT, HOP, window=window, pad_mode="constant", return_complex=True)


def istft(X: torch.Tensor, length: int) -> torch.Tensor:
    """Return the waveforms, (B, length), of a spectrogram."""
    window = torch.hann_window(N_FFT, device=X.device)
    return torch.istft(X, N_FFT, HOP, window=window, length=max(length, N_FFT))[..., :length]
### END SOLUTION

BUDGET = 2_000_000
"""Parameters that a model may have at most."""


def count_parameters(model: nn.Module) -> int:
    """Return how many numbers a model learns."""
    return sum(p.numel() for p in model.parameters())


class Enhancer(nn.Module):
    """A network from noisy to enhanced waveforms, made without arguments: `Enhancer()`.

    How it does that is yours: a mask on the spectrogram, the spectrogram itself, the waveform. It has at most `BUDGET`
    parameters. If it predicts a mask of magnitudes, give it a method `mask(y)` that returns the mask, (B, 1, F, K), with
    values from 0 to 1: the tests look at it, if there is one.

    Parameters
    ----------
    y : torch.Tensor [shape=(B, 1, T)]
        Noisy waveforms of any length from 1 sample on.

    Returns
    -------
    torch.Tensor [shape=(B, 1, T)]
        Enhanced waveforms, in time with y. What comes out for one waveform does not depend on the others in the batch
        once the model is in evaluation mode.
    """

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        self.bands = nn.Linear(257, 96)
        self.norm = nn.LayerNorm(96)
        self.gru = nn.GRU(96, 192, num_layers=2, batch_first=True)
        self.out = nn.Linear(192 + 96, 257)
        ### END SOLUTION

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        Y = stft(y[:, 0])  # (B, F, K)
        return istft(self.mask(y)[:, 0] * Y, y.shape[-1]).unsqueeze(1)

    def mask(self, y: torch.Tensor) -> torch.Tensor:
        """Return the mask, (B, 1, F, K), for noisy waveforms, (B, 1, T)."""
        level = y.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-6)  # (B, 1, 1)
        A = stft((y / level)[:, 0]).abs().clamp_min(1e-6) ** 0.3  # (B, F, K)
        x = self.norm(self.bands(A.transpose(1, 2)))  # (B, K, 96)
        h = torch.cat([self.gru(x)[0], x], -1)  # (B, K, 288)
        return torch.sigmoid(self.out(h)).transpose(1, 2).unsqueeze(1)  # (B, 1, F, K)
        ### END SOLUTION


def loss(s_hat: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
    """Say how bad an estimate is.

    Parameters
    ----------
    s_hat, s : torch.Tensor [shape=(B, 1, T)]
        Estimate and clean speech.

    Returns
    -------
    torch.Tensor [shape=()]
        One number, lower for a better estimate, with a gradient that is finite everywhere, also for a perfect estimate
        and for silence.
    """
    ### BEGIN SOLUTION
    level = s.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-4)  # (B, 1, 1)

    def compress(x):
        X = stft((x / level)[:, 0])
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** -0.7 * X, m ** 0.3

    X_hat, m_hat = compress(s_hat)
    X, m = compress(s)
    E = X_hat - X
    return 0.5 * (E.real.square() + E.imag.square()).mean() + 0.5 * (m_hat - m).square().mean()
    ### END SOLUTION
