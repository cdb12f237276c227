# Slip: returns a number without a gradient.
# Names it: No gradient

import torch


def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return torch.tensor((Y.abs() ** (1 / 3) * (H - H_best).square()).mean().item())
