# Slip: takes one level for all items.
# Names it: each waveform has a level of its own
import torch


def enhance_in_chunks(y, model, *, chunk=163_840, context=16_384):
    level = y.square().mean().sqrt().expand(*y.shape[:-1], 1)
    parts = []
    for start in range(0, y.shape[-1], chunk):
        left = max(0, start - context)
        piece = enhance(y[..., left:start + chunk + context], model, level=level)
        parts.append(piece[..., start - left:start - left + chunk])
    return torch.cat(parts, -1)
