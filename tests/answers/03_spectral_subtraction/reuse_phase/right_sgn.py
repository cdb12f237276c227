import torch


def reuse_phase(S_power, Y):
    return S_power.sqrt() * torch.sgn(Y)  # Y / |Y|, and 0 for 0
