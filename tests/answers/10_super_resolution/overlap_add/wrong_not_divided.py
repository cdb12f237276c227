# Slip: does not divide by the sum of the fades.
# Names it: not divided by the sum of the fades
import torch


def overlap_add(pieces, T, *, hop=512):
    B, K, length = pieces.shape
    fade = torch.hann_window(length)
    x, total = torch.zeros(B, length + (K - 1) * hop), torch.zeros(length + (K - 1) * hop)
    for k in range(K):
        x[:, k * hop:k * hop + length] += fade * pieces[:, k]
        total[k * hop:k * hop + length] += fade
    return x[:, None, length - hop:length - hop + T]
