# Slip: weights the magnitudes, the phases are lost.
# Names it: phases are lost
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white).abs()
    gain = torch.zeros(W.shape[-1])
    gain[1:] = torch.arange(1, W.shape[-1]) ** (-exponent / 2)
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
