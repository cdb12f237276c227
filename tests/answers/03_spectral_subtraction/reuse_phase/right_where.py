import torch


def reuse_phase(S_power, Y):
    magnitude = Y.abs()
    silent = magnitude == 0
    H = S_power.sqrt() / torch.where(silent, torch.ones_like(magnitude), magnitude)
    return torch.where(silent, torch.zeros_like(Y), H * Y)
