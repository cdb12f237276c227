import torch


def wiener_gain(S_power, N_power):
    total = S_power + N_power
    return torch.where(total > 0, S_power / total, torch.zeros_like(total))
