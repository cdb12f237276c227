# Slip: subtracts magnitudes.
# Names it: subtracts magnitudes

import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    magnitude = Y_power.sqrt() - over * N_power.sqrt()
    return torch.maximum(magnitude.clamp_min(0) ** 2, floor * N_power)
