# Slip: changes the size of skip.
# Names it: it is u that has to fit
import torch
from torch.nn import functional


def join_skip(u, skip):
    skip = functional.pad(skip, (0, u.shape[-1] - skip.shape[-1], 0, u.shape[-2] - skip.shape[-2]))
    return torch.cat([u, skip], 1)
