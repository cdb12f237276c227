import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    # max(a, b) = b + max(a - b, 0)
    return floor * N_power + torch.relu(Y_power - (over + floor) * N_power)
