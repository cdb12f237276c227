# Slip: stretches the decoder's tensor.
# Names it: stretched
import torch
from torch.nn import functional


def join_skip(u, skip):
    return torch.cat([functional.interpolate(u, skip.shape[-2:]), skip], 1)
