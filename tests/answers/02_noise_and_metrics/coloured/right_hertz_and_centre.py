import torch


def coloured(white, exponent):
    centred = white - white.mean(-1, keepdim=True)
    f = torch.fft.rfftfreq(white.shape[-1], d=1 / 16000)
    f[0] = 1.0
    x = torch.fft.irfft(torch.fft.rfft(centred) / f ** (exponent / 2), n=white.shape[-1])
    return x / torch.linalg.vector_norm(x, dim=-1, keepdim=True) * white.shape[-1] ** 0.5
