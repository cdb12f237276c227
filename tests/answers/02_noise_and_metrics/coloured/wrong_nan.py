# Slip: divides bin 0 by zero.
# Names it: division by 0
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    gain = torch.arange(W.shape[-1]) ** (-exponent / 2)
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
