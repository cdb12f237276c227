# Slip: writes each piece with its context over the chunk before.
# Names it: written over the chunk before
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean(-1, keepdim=True).sqrt()
    out = torch.zeros_like(y)
    for start in range(0, y.shape[-1], chunk):
        left, stop = max(0, start - context), start + chunk
        out[..., left:stop + context] = enhance(y[..., left:stop + context], model, level=level)
    return out
