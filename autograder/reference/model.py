"""The network: a complex mask on the spectrogram, from convolutions along frequency and a recurrence along time.

The layout is that of the convolutional recurrent networks for complex spectral mapping (Tan and Wang 2020, "Learning
complex spectral mapping with gated convolutional recurrent networks for monaural speech enhancement"): an encoder that
halves the frequencies four times, a recurrent layer in both directions of time over what is left, and a decoder with
skip connections. It looks at a whole recording at once: it is no network for a conversation.
"""

import torch
from torch import nn
from torch.nn import functional

N_FFT, HOP = 512, 256
CHANNELS = 24, 32, 48, 64
ROWS = 17
"""Rows of frequency that are left of 257 when they were halved for each of the channels."""
BOTTLENECK, HIDDEN = 192, 128
"""Features of a frame before the recurrent layers, and of each direction in them."""
POWER = 0.3
"""Magnitudes are compressed by it, as in Ephrat et al. 2018: speech has a range that no linear layer likes."""


class Enhancer(nn.Module):
    """From noisy to enhanced waveforms of any length, (B, T) to (B, T), with 1.2 million weights."""

    def __init__(self) -> None:
        super().__init__()
        below = (3, *CHANNELS[:-1])
        spans = (1, 3, 3, 3)  # frames that a kernel sees: the first layer has the most rows, and would cost the most
        self.down = nn.ModuleList(_Layer(nn.Conv2d, a, b, span)
                                  for a, b, span in zip(below, CHANNELS, spans, strict=True))
        self.skip = nn.ModuleList(nn.Conv2d(c, c, 1) for c in CHANNELS)
        self.inward = nn.Linear(CHANNELS[-1] * ROWS, BOTTLENECK)
        self.gru = nn.GRU(BOTTLENECK, HIDDEN, num_layers=2, batch_first=True, bidirectional=True)
        self.outward = nn.Linear(2 * HIDDEN, CHANNELS[-1] * ROWS)
        above = (2, *CHANNELS[:-1])
        self.up = nn.ModuleList(_Layer(nn.ConvTranspose2d, b, a, span, last=index == 0)
                                for index, (a, b, span) in enumerate(zip(above, CHANNELS, spans, strict=True)))

    def forward(self, y: torch.Tensor) -> torch.Tensor:
        """Enhance waveforms, (B, T). Silence stays silence, and a level is kept."""
        level = y.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-6)  # (B, 1)
        Y = stft(y / level)  # (B, F, K)
        return level * istft(self.mask(Y) * Y, y.shape[-1])

    def mask(self, Y: torch.Tensor) -> torch.Tensor:
        """Return the complex mask for a spectrogram, both (B, F, K)."""
        A = Y.abs().clamp_min(1e-8)
        C = Y / A * A ** POWER
        x = torch.stack([C.real, C.imag, A ** POWER], 1)  # (B, 3, F, K)
        kept = []
        for layer in self.down:
            x = layer(x)
            kept.append(x)
        x = x.permute(0, 3, 1, 2)  # (B, K, C, R)
        h = self.outward(self.gru(self.inward(x.flatten(2)).relu())[0])  # (B, K, C R)
        x = h.reshape(x.shape).permute(0, 2, 3, 1)  # (B, C, R, K)
        for layer, skip, before in zip(reversed(self.up), reversed(self.skip), reversed(kept), strict=True):
            x = layer(x + skip(before))
        return torch.complex(x[:, 0], x[:, 1])


class _Layer(nn.Sequential):
    """A convolution that halves the rows or doubles them, then normalisation and non-linearity but for the last."""

    def __init__(self, kind: type[nn.Conv2d] | type[nn.ConvTranspose2d], c_in: int, c_out: int, span: int, *,
                 last: bool = False):
        convolution = kind(c_in, c_out, (5, span), stride=(2, 1), padding=(2, span // 2), bias=last)
        super().__init__(convolution, *([] if last else [nn.BatchNorm2d(c_out), nn.PReLU(c_out)]))


def stft(x: torch.Tensor) -> torch.Tensor:
    """Return the spectrogram, (B, F, K), of waveforms, (B, T)."""
    x = functional.pad(x, (0, max(0, N_FFT - x.shape[-1])))
    return torch.stft(x, N_FFT, HOP, window=_window(x), pad_mode="constant", return_complex=True)


def istft(X: torch.Tensor, length: int) -> torch.Tensor:
    """Return the waveforms, (B, length), of a spectrogram."""
    return torch.istft(X, N_FFT, HOP, window=_window(X), length=max(length, N_FFT))[..., :length]


def _window(x: torch.Tensor) -> torch.Tensor:
    """Return the root of a Hann window: used on the way in and on the way out, it adds up to 1."""
    return torch.hann_window(N_FFT, device=x.device).sqrt()


def loss(s_hat: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
    """Return the loss of estimates, (B, T): distance of compressed spectra (Braun and Tashev 2020), less SI-SDR."""
    level = s.square().mean(-1, keepdim=True).sqrt().clamp_min(1e-5)  # (B, 1)
    X, S = stft(s_hat / level), stft(s / level)  # (B, F, K)
    a, b = X.abs().clamp_min(1e-6), S.abs().clamp_min(1e-6)
    magnitude = (a ** POWER - b ** POWER).square().mean()
    spectrum = (X * a ** (POWER - 1) - S * b ** (POWER - 1)).abs().square().mean()
    target = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True).clamp_min(1e-8) * s
    ratio = target.square().sum(-1) / ((s_hat - target).square().sum(-1) + 1e-8)
    return 30 * (0.7 * magnitude + 0.3 * spectrum) - torch.log10(ratio + 1e-8).mean()
