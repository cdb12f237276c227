# A U-Net of 2-D convolutions on compressed magnitudes, that predicts a mask, as in lesson 8.
import torch
from torch import nn
from torch.nn import functional

BUDGET = 2_000_000


def count_parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())


def down(a, b):
    return nn.Sequential(nn.Conv2d(a, b, 4, stride=2, padding=1), nn.GroupNorm(1, b), nn.ELU())


def up(a, b):
    return nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(a, b, 3, padding=1), nn.GroupNorm(1, b), nn.ELU())


class Enhancer(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [1, 12, 24, 40, 48]
        self.down = nn.ModuleList([down(a, b) for a, b in zip(sizes[:-1], sizes[1:])])
        self.up = nn.ModuleList([up(48, 40), up(80, 24), up(48, 12), up(24, 12)])
        self.last = nn.Conv2d(13, 1, 3, padding=1)
        self.register_buffer("window", torch.hann_window(512))

    def spectrum(self, y):
        y = functional.pad(y.squeeze(1), (0, 512))
        return torch.stft(y, 512, 128, window=self.window, return_complex=True, pad_mode="constant")

    def mask(self, y):
        level = y.pow(2).mean(dim=(1, 2), keepdim=True).sqrt() + 1e-6
        A = self.spectrum(y / level).abs().add(1e-4).log1p().unsqueeze(1)
        x = A[:, :, :256]
        frames = x.shape[-1]
        x = functional.pad(x, (0, -frames % 16))
        first, skips = x, []
        for layer in self.down:
            x = layer(x)
            skips.append(x)
        skips.pop()
        for layer in self.up:
            x = layer(x)
            if skips:
                x = torch.cat([x, skips.pop()], dim=1)
        H = self.last(torch.cat([x, first], dim=1)).sigmoid()[..., :frames]
        return torch.cat([H, H[:, :, -1:]], dim=2)

    def forward(self, y):
        Y = self.spectrum(y)
        X = self.mask(y).squeeze(1) * Y
        x = torch.istft(X, 512, 128, window=self.window, length=y.shape[-1] + 512)
        return x[:, :y.shape[-1]].unsqueeze(1)


def loss(s_hat, s):
    window = torch.hann_window(512)

    def magnitude(x):
        X = torch.stft(functional.pad(x.squeeze(1), (0, 512)), 512, 256, window=window, return_complex=True, pad_mode="constant")
        return (X.real ** 2 + X.imag ** 2 + 1e-7) ** 0.15

    return functional.l1_loss(magnitude(s_hat), magnitude(s)) + 5 * functional.l1_loss(s_hat, s)
