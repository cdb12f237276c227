import torch


def overlap_add(pieces, T, *, hop=512):
    B, K, length = pieces.shape
    fade = torch.hann_window(length) * 2 * hop / length
    result = []
    for one in pieces:
        x = torch.zeros(length + (K - 1) * hop)
        for k, piece in enumerate(one):
            x[k * hop:k * hop + length] += fade * piece
        result.append(x[length - hop:][:T])
    return torch.stack(result)[:, None]
