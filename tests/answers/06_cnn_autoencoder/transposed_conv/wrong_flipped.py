# Slip: flips the kernel.
# Names it: flipped

import torch


def transposed_conv(h, w, *, stride=1, padding=0):
    L, k = h.shape[-1], len(w)
    n = (L - 1) * stride - 2 * padding + k
    full = torch.zeros(*h.shape[:-1], L * max(k, stride) + k + 2 * padding)
    for index in range(L):
        start = index * stride
        full[..., start:start + k] += h[..., index:index + 1] * w.flip(0)
    return full[..., padding:padding + n]
