# Slip: writes into its input.
# Names it: changed its input

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.linspace(0, 8000, Y.shape[-2])
    Y[..., freqs > cutoff_hz, :] = 0
    return Y
