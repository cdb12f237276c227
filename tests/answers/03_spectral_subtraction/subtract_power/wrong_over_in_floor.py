# Slip: multiplies the floor by the over-subtraction.
# Names it: contains the over-subtraction

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    noise = over * N_power
    return torch.maximum(Y_power - noise, floor * noise)
