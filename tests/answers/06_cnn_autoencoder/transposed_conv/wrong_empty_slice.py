# Slip: cuts with a negative end, which leaves nothing if the padding is 0.
# Names it: empty

import torch


def transposed_conv(h, w, *, stride=1, padding=0):
    L, k = h.shape[-1], len(w)
    full = torch.zeros(*h.shape[:-1], (L - 1) * stride + k)
    for index in range(L):
        full[..., index * stride:index * stride + k] += h[..., index:index + 1] * w
    return full[..., padding:-padding]
