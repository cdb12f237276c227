# Convolutions on the waveform itself: a learnt filter bank, a mask on it from dilated convolutions, and back.
import torch
from torch import Tensor, nn

BUDGET = 2_000_000


def count_parameters(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


class Layer(nn.Module):
    """One dilated convolution of each channel by itself, between two that mix channels."""

    def __init__(self, channels: int, hidden: int, dilation: int):
        super().__init__()
        self.steps = nn.Sequential(
            nn.Conv1d(channels, hidden, 1), nn.PReLU(), nn.GroupNorm(1, hidden),
            nn.Conv1d(hidden, hidden, 3, dilation=dilation, padding=dilation, groups=hidden), nn.PReLU(),
            nn.GroupNorm(1, hidden), nn.Conv1d(hidden, channels, 1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.steps(x)


class Enhancer(nn.Module):
    """A small Conv-TasNet (Luo and Mesgarani 2019)."""

    def __init__(self, filters: int = 128, kernel: int = 40, channels: int = 64):
        super().__init__()
        self.kernel, self.hop = kernel, kernel // 2
        self.encoder = nn.Conv1d(1, filters, kernel, stride=self.hop, bias=False)
        self.inside = nn.Sequential(nn.GroupNorm(1, filters), nn.Conv1d(filters, channels, 1),
                                    *[Layer(channels, 128, 2 ** k) for k in range(6)],
                                    nn.Conv1d(channels, filters, 1), nn.Sigmoid())
        self.decoder = nn.ConvTranspose1d(filters, 1, kernel, stride=self.hop, bias=False)

    def forward(self, y: Tensor) -> Tensor:
        length = y.shape[-1]
        level = y.pow(2).mean(-1, keepdim=True).sqrt().clamp_min(1e-5)
        padded = nn.functional.pad(y / level, (self.hop, self.kernel + -length % self.hop))
        codes = self.encoder(padded).relu()
        s_hat = self.decoder(codes * self.inside(codes))[..., self.hop:self.hop + length]
        return s_hat * level


def loss(s_hat: Tensor, s: Tensor) -> Tensor:
    """Negative signal-to-noise ratio in dB, limited at 40 dB."""
    error, power = (s_hat - s).square().mean(-1), s.square().mean(-1)
    return 10 * torch.log10((error + 1e-4 * power + 1e-8) / (power + 1e-8)).mean()
