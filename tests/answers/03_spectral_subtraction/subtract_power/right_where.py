import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    left = Y_power - over * N_power
    limit = (floor * N_power).expand_as(left)
    return torch.where(left > limit, left, limit)
