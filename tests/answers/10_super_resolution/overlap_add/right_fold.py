import torch
from torch.nn import functional


def overlap_add(pieces, T, *, hop=512):
    B, K, length = pieces.shape
    w = torch.hann_window(length)
    total = (1, length + (K - 1) * hop)

    def fold(z):
        return functional.fold(z.transpose(1, 2), total, (1, length), stride=(1, hop))[:, :, 0]

    x, norm = fold(pieces * w), fold(w.expand(1, K, length))
    return x[..., length - hop:length - hop + T] / norm[..., length - hop:length - hop + T]
