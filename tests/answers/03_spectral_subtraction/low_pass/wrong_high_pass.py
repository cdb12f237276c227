# Slip: keeps the high frequencies.
# Names it: above the cut-off

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.linspace(0, 8000, Y.shape[-2])
    return (freqs > cutoff_hz).float()[:, None] * Y
