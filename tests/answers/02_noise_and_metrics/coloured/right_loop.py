import torch


def coloured(white, exponent):
    out = torch.zeros_like(white)
    flat, flat_out = white.reshape(-1, white.shape[-1]), out.view(-1, white.shape[-1])
    for row in range(len(flat)):
        W = torch.fft.rfft(flat[row])
        W[0] = 0
        for k in range(1, len(W)):
            W[k] = W[k] / k ** (exponent / 2)
        x = torch.fft.irfft(W, n=len(flat[row]))
        flat_out[row] = x / x.std(correction=0)
    return out
