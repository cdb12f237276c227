# Slip: writes the subtraction as a gain, which has no value where Y is silent.
# Names it: Y itself is silent
import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    ratio = N_power / Y_power.clamp_min(1e-12)
    return torch.maximum(1 - over * ratio, floor * ratio) * Y_power
