# Slip: divides 8000 Hz by F and not by F - 1, so that the last bin is below 8000 Hz.
# Names it: F - 1

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.arange(Y.shape[-2]) * 8000 / Y.shape[-2]
    return (freqs <= cutoff_hz).float()[:, None] * Y
