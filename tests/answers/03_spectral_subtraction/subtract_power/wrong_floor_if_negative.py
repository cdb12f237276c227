# Slip: uses the floor for negative values only.
# Names it: Only negative values

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    D = Y_power - over * N_power
    return torch.where(D < 0, (floor * N_power).expand_as(D), D)
