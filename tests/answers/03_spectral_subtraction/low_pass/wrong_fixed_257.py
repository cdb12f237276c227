# Slip: works for 257 bins only.
# Names it: Nothing was filtered

import torch


def low_pass(Y, *, cutoff_hz):
    freqs = torch.arange(Y.shape[-2]) * 8000 / 256
    return (freqs <= cutoff_hz).float()[:, None] * Y
