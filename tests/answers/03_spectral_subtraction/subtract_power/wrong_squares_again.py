# Slip: squares powers once more.
# Names it: powers already

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return torch.maximum(Y_power ** 2 - over * N_power ** 2, floor * N_power ** 2)
