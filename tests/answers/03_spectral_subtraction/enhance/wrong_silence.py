# Slip: returns silence.
# Names it: silent

import torch


def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    return torch.zeros_like(y)
