# Slip: returns the same number everywhere.
# Names it: same number

import torch


def wiener_gain(S_power, N_power):
    return torch.full_like(S_power, 0.5)
