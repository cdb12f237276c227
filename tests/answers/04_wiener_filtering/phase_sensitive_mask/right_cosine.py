import torch


def phase_sensitive_mask(S, Y):
    H = S.abs() / Y.abs().clamp_min(1e-20) * torch.cos(S.angle() - Y.angle())
    return torch.where(Y.abs() > 0, H, torch.zeros_like(H)).clamp(0, 1)
