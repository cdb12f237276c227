import torch


def window(length):
    return torch.sin(torch.pi * torch.arange(length) / length) ** 2


def spectrum(frames):
    return torch.fft.rfft(window(frames.shape[-2]).unsqueeze(-1) * frames, dim=-2)
