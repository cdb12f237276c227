# Slip: full DFT, upper half not mirrored, complex result.
# Names it: complex
import torch


def coloured(white, exponent):
    W = torch.fft.fft(white)
    gain = torch.zeros(W.shape[-1])
    gain[1:] = torch.arange(1, W.shape[-1]) ** (-exponent / 2)
    x = torch.fft.ifft(W * gain)
    return x / x.abs().square().mean(-1, keepdim=True).sqrt()
