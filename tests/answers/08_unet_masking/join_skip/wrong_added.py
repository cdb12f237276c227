# Slip: adds, as a residual connection does.
# Names it: are added
import torch
from torch.nn import functional


def join_skip(u, skip):
    u = functional.pad(u, (0, skip.shape[-1] - u.shape[-1], 0, skip.shape[-2] - u.shape[-2]))
    return u + skip if u.shape[1] == skip.shape[1] else torch.cat([u, skip], 1)
