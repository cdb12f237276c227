import torch


def coloured(white, exponent):
    T = white.shape[-1]
    k = torch.minimum(torch.arange(T), T - torch.arange(T)).double()
    gain = torch.where(k > 0, k.clamp_min(1) ** (-exponent / 2), 0.0)
    x = torch.fft.ifft(torch.fft.fft(white.double()) * gain).real
    return (x / x.pow(2).mean(dim=-1, keepdim=True) ** 0.5).float()
