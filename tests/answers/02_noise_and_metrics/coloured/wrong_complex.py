# Slip: right values, but the imaginary part 0 is kept.
# Names it: complex
import torch


def coloured(white, exponent):
    W = torch.fft.fft(white)
    k = (torch.fft.fftfreq(W.shape[-1]) * W.shape[-1]).abs()
    gain = torch.where(k > 0, k.clamp_min(1) ** (-exponent / 2), 0.0)
    x = torch.fft.ifft(W * gain)
    return x / x.abs().square().mean(-1, keepdim=True).sqrt()
