# Slip: bin k gets the gain of bin k + 1.
# Names it: bin k + 1
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    k = torch.arange(1, W.shape[-1])
    gain = torch.zeros(W.shape[-1])
    gain[1:] = (k + 1) ** (-exponent / 2)
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
