# Slip: joins along the frames.
# Names it: along the frames
import torch
from torch.nn import functional


def join_skip(u, skip):
    u = functional.pad(u, (0, skip.shape[-1] - u.shape[-1], 0, skip.shape[-2] - u.shape[-2]))
    return torch.cat([u, skip], -1)
