# Slip: fades with the square root of the window.
# Names it: square root
import torch


def overlap_add(pieces, T, *, hop=512):
    B, K, length = pieces.shape
    fade = torch.hann_window(length).sqrt()
    x, total = torch.zeros(B, length + (K - 1) * hop), torch.zeros(length + (K - 1) * hop)
    for k in range(K):
        x[:, k * hop:k * hop + length] += fade * pieces[:, k]
        total[k * hop:k * hop + length] += fade
    inside = slice(length - hop, length - hop + T)
    return (x[:, inside] / total[inside]).unsqueeze(1)
