# Slip: forgets that u can be too short.
# Names it: RuntimeError
import torch


def join_skip(u, skip):
    return torch.cat([u[..., :skip.shape[-2], :skip.shape[-1]], skip], 1)
