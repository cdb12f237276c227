# Slip: writes into its input.
# Names it: changed its input

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    Y_power -= over * N_power
    return torch.maximum(Y_power, floor * N_power)
