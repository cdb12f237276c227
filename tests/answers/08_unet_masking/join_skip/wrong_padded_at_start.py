# Slip: pads at the beginning.
# Names it: pad it at the end
import torch
from torch.nn import functional


def join_skip(u, skip):
    F, K = skip.shape[-2:]
    u = u[..., :F, :K]
    u = functional.pad(u, (K - u.shape[-1], 0, F - u.shape[-2], 0))
    return torch.cat([u, skip], 1)
