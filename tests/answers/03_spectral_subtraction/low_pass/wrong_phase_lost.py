# Slip: multiplies the magnitude with the mask.
# Names it: phase is lost

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.linspace(0, 8000, Y.shape[-2])
    return (freqs <= cutoff_hz).float()[:, None] * Y.abs()
