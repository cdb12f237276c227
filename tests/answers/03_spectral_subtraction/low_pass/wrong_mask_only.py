# Slip: returns the mask.
# Names it: Multiply it

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.linspace(0, 8000, Y.shape[-2])
    return (freqs <= cutoff_hz).float()[:, None].expand(Y.shape)
