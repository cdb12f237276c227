"""The network, and the loss that it is trained with."""

import torch
from torch import nn

### BEGIN SOLUTION
from itertools import pairwise

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
        widths = [1, 16, 24, 32, 48]  # channels, while 257 rows of frequency become 129, 65, 33 and 17
        self.down = nn.ModuleList(nn.Sequential(nn.Conv2d(a, b, (5, 3), stride=(2, 1), padding=(2, 1)), nn.BatchNorm2d(b), nn.ReLU())
                                  for a, b in pairwise(widths))
        self.gru = nn.GRU(48 * 17, 96, batch_first=True, bidirectional=True)
        self.back = nn.Linear(192, 48 * 17)
        self.up = nn.ModuleList(nn.Sequential(nn.ConvTranspose2d(b, a, (5, 3), stride=(2, 1), padding=(2, 1)), nn.BatchNorm2d(a), nn.ReLU())
                                for a, b in pairwise(widths[1:]))
        self.out = nn.ConvTranspose2d(16, 1, (5, 3), stride=(2, 1), padding=(2, 1))
        ### END SOLUTION

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        Y = stft(y[:, 0])  # (B, F, K)
        return istft(self.mask(y)[:, 0] * Y, y.shape[-1]).unsqueeze(1)

    def mask(self, y: torch.Tensor) -> torch.Tensor:
        """Return the mask, (B, 1, F, K), for noisy waveforms, (B, 1, T)."""
        level = y.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-6)  # (B, 1, 1)
        A = stft((y / level)[:, 0]).abs().clamp_min(1e-6) ** 0.3  # (B, F, K)
        return self.decide(A)

    def decide(self, A: torch.Tensor) -> torch.Tensor:
        """Return the mask, (B, 1, F, K), for compressed magnitudes, (B, F, K)."""
        x, kept = A.unsqueeze(1), []  # (B, 1, F, K)
        for layer in self.down:
            x = layer(x)
            kept.append(x)
        x = kept.pop().permute(0, 3, 1, 2)  # (B, K, 48, 17)
        h = self.back(self.gru(x.flatten(2))[0])  # (B, K, 48 * 17)
        x = (x + h.reshape(x.shape)).permute(0, 2, 3, 1)  # (B, 48, 17, K)
        for layer in reversed(self.up):
            x = layer(x) + kept.pop()
        return torch.sigmoid(self.out(x))  # (B, 1, F, K)
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
    spectra = 0.5 * (E.real.square() + E.imag.square()).mean() + 0.5 * (m_hat - m).square().mean()
    target = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True).clamp_min(1e-6) * s  # (B, 1, T)
    ratio = (target.square().sum(-1) + 1e-6) / ((s_hat - target).square().sum(-1) + 1e-6)  # SI-SDR, as a ratio
    return spectra - 0.03 * torch.log10(ratio).mean()
    ### END SOLUTION
