# Slip: puts the copies side by side.
# Names it: side by side

import torch


def transposed_conv(h, w, *, stride=1, padding=0):
    L, k = h.shape[-1], len(w)
    n = L * k - 2 * padding
    full = torch.zeros(*h.shape[:-1], L * max(k, stride) + k + 2 * padding)
    for index in range(L):
        start = index * k
        full[..., start:start + k] += h[..., index:index + 1] * w
    return full[..., padding:padding + n]
