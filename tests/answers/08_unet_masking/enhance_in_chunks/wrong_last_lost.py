# Slip: loses the last chunk.
# Names it: shape
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean(-1, keepdim=True).sqrt()
    parts = []
    for start in range(0, y.shape[-1] - chunk + 1, chunk):
        left = max(0, start - context)
        piece = enhance(y[..., left:start + chunk + context], model, level=level)
        parts.append(piece[..., start - left:start - left + chunk])
    return torch.cat(parts or [y[..., :0]], -1)
