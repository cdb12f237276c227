# Slip: scales the peak to 1.
# Names it: factor
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    k = torch.arange(1, W.shape[-1])
    gain = torch.zeros(W.shape[-1])
    gain[1:] = k ** (-exponent / 2)
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.abs().amax(-1, keepdim=True)
