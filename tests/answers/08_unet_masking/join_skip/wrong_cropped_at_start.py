# Slip: crops the beginning.
# Names it: crop at the end
import torch
from torch.nn import functional


def join_skip(u, skip):
    u = u[..., -skip.shape[-2]:, -skip.shape[-1]:]
    u = functional.pad(u, (0, skip.shape[-1] - u.shape[-1], 0, skip.shape[-2] - u.shape[-2]))
    return torch.cat([u, skip], 1)
