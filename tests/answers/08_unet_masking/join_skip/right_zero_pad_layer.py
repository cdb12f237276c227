import torch
from torch import nn


def join_skip(u, skip):
    F, K = skip.shape[-2:]
    u = u[..., :F, :K]
    u = nn.ZeroPad2d((0, K - u.shape[-1], 0, F - u.shape[-2]))(u)
    return torch.concat([u, skip], dim=-3)
