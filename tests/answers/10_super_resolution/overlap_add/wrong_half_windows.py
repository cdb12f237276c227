# Slip: takes the hop for half a window.
# Names it: every half window
import torch


def overlap_add(pieces, T, *, hop=512):
    B, K, length = pieces.shape
    hop = length // 2
    fade = torch.hann_window(length)
    x, total = torch.zeros(B, length + (K - 1) * hop), torch.zeros(length + (K - 1) * hop)
    for k in range(K):
        x[:, k * hop:k * hop + length] += fade * pieces[:, k]
        total[k * hop:k * hop + length] += fade
    inside = slice(length - hop, length - hop + T)
    return (x[:, inside] / total[inside]).unsqueeze(1)
