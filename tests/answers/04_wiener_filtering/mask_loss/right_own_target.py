import torch


def mask_loss(H, S, Y):
    target = (S / torch.where(Y == 0, torch.ones_like(Y), Y)).real.clamp(0, 1)
    return torch.mean(Y.abs().pow(1 / 3) * (H - target) ** 2)
