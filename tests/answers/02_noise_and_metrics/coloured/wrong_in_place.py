# Slip: removes the mean of the input in place.
# Names it: in place
import torch


def coloured(white, exponent):
    white -= white.mean(-1, keepdim=True)
    W = torch.fft.rfft(white)
    gain = torch.zeros(W.shape[-1])
    gain[1:] = torch.arange(1, W.shape[-1]) ** (-exponent / 2)
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
