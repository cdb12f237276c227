# Slip: loses the imaginary part.
# Names it: imaginary part is gone

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.linspace(0, 8000, Y.shape[-2])
    return (freqs <= cutoff_hz).float()[:, None] * Y.real
