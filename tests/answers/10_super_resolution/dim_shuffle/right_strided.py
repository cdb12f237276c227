import torch


def dim_shuffle(x, r=2):
    B, C, T = x.shape
    u = torch.zeros(B, C // r, r * T, dtype=x.dtype)
    for k in range(r):
        u[:, :, k::r] = x[:, k::r]
    return u
