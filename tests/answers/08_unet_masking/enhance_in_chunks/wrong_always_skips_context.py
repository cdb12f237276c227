# Slip: skips a whole context in the first chunk too.
# Names it: in the first chunk too
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean(-1, keepdim=True).sqrt()
    parts = []
    for start in range(0, y.shape[-1], chunk):
        left = max(0, start - context)
        piece = enhance(y[..., left:start + chunk + context], model, level=level)
        parts.append(piece[..., context:context + chunk])
    return torch.cat(parts, -1)
