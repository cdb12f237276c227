# Slip: compares the cut-off in Hz with the number of a bin.
# Names it: in Hz

import torch


def low_pass(Y, *, cutoff_hz):
    H = (torch.arange(Y.shape[-2]) <= cutoff_hz).float()
    return H[:, None] * Y
