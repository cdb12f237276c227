import torch


def phase_sensitive_mask(S, Y):
    H = (S / torch.where(Y == 0, torch.ones_like(Y), Y)).real
    H[Y == 0] = 0
    return H.clamp(0, 1)
