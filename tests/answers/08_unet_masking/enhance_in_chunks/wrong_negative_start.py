# Slip: lets the first slice begin before the recording.
# Names it: negative number
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean(-1, keepdim=True).sqrt()
    parts = []
    for start in range(0, y.shape[-1], chunk):
        left = start - context
        piece = enhance(y[..., left:start + chunk + context], model, level=level)
        parts.append(piece[..., start - left:start - left + chunk])
    return torch.cat(parts, -1)
