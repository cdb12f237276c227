# Slip: does not tell irfft the length.
# Names it: irfft the length
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    k = torch.arange(1, W.shape[-1])
    gain = torch.zeros(W.shape[-1])
    gain[1:] = k ** (-exponent / 2)
    x = torch.fft.irfft(W * gain)
    return x / x.square().mean(-1, keepdim=True).sqrt()
