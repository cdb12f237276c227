# Slip: full DFT with gains for k = 0 to T - 1, upper half not mirrored.
# Names it: mirrors
import torch


def coloured(white, exponent):
    W = torch.fft.fft(white)
    gain = torch.zeros(W.shape[-1])
    gain[1:] = torch.arange(1, W.shape[-1]) ** (-exponent / 2)
    x = torch.fft.ifft(W * gain).real
    return x / x.square().mean(-1, keepdim=True).sqrt()
