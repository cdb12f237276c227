# Slip: gives the whole recording to the model.
# Names it: at once
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean(-1, keepdim=True).sqrt()
    return enhance(y, model)
    parts = []
    for start in range(0, y.shape[-1], chunk):
        left = max(0, start - context)
        piece = enhance(y[..., left:start + chunk + context], model, level=level)
        parts.append(piece[..., start - left:start - left + chunk])
    return torch.cat(parts, -1)
