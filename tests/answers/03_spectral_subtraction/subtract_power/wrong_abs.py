# Slip: drops the sign of a negative power.
# Names it: sign of a negative power

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return torch.maximum((Y_power - over * N_power).abs(), floor * N_power)
