# Slip: 0 ** 0 is 1: DC stays where the exponent is 0.
# Names it: 0 ** 0 is 1
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    gain = torch.arange(W.shape[-1]) ** (-exponent / 2)
    gain[torch.isinf(gain)] = 0
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
