import torch
from torch.nn import functional


def transposed_conv(h, w, *, stride=1, padding=0):
    L, k = h.shape[-1], len(w)
    spread = torch.zeros(*h.shape[:-1], (L - 1) * stride + 1)
    spread[..., ::stride] = h
    n = (L - 1) * stride - 2 * padding + k
    spread = functional.pad(spread, (k - 1, k - 1))
    spread = spread.reshape(-1, 1, spread.shape[-1])
    y = functional.conv1d(spread, w.flip(0).reshape(1, 1, k))
    return y[..., padding:padding + n].reshape(*h.shape[:-1], n)
