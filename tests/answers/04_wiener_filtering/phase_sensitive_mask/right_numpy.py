import numpy as np
import torch


def phase_sensitive_mask(S, Y):
    s, y = S.numpy().astype(complex), Y.numpy().astype(complex)
    safe = np.where(y == 0, 1, y)
    return torch.from_numpy(np.where(y == 0, 0, np.clip((s / safe).real, 0, 1))).float()
