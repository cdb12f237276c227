import torch


def reuse_phase(S_power, Y):
    return torch.polar(torch.sqrt(S_power), torch.angle(Y)) * (Y != 0)
