# Slip: takes the smaller one.
# Names it: smaller one

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return torch.minimum(Y_power - over * N_power, floor * N_power)
