# Slip: divides amplitudes by f ** exponent.
# Names it: fall
import torch


def coloured(white, exponent):
    W = torch.fft.rfft(white)
    k = torch.arange(1, W.shape[-1])
    gain = torch.zeros(W.shape[-1])
    gain[1:] = 1.0 / k ** exponent
    x = torch.fft.irfft(W * gain, n=white.shape[-1])
    return x / x.square().mean(-1, keepdim=True).sqrt()
