# Slip: swaps the two numbers of the padding.
# Names it: RuntimeError
import torch
from torch.nn import functional


def join_skip(u, skip):
    u = functional.pad(u, (0, skip.shape[-2] - u.shape[-2], 0, skip.shape[-1] - u.shape[-1]))
    return torch.cat([u, skip], 1) if u.shape[2:] == skip.shape[2:] else u
