import torch


def dim_shuffle(x, r=2):
    B, C, T = x.shape
    return torch.stack([x[:, k::r] for k in range(r)], -1).reshape(B, C // r, T * r)
