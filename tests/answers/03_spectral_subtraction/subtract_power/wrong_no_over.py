# Slip: forgets the over-subtraction.
# Names it: over-subtraction is missing

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return torch.maximum(Y_power - N_power, floor * N_power)
