import torch


def mask_loss(H, S, Y):
    w = Y.abs() ** (1 / 3)
    loss = torch.nn.functional.mse_loss(H, phase_sensitive_mask(S, Y), reduction="none")
    return (w * loss).mean(dim=(1, 2, 3)).mean()
