# Slip: does not match the sizes.
# Names it: RuntimeError
import torch


def join_skip(u, skip):
    return torch.cat([u, skip], 1)
