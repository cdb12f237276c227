import numpy as np
import torch


def decision_directed(P, N_power, *, alpha=0.98, xi_min_db=-25.0):
    p, n = np.broadcast_arrays(P.numpy().astype(float), N_power.numpy().astype(float))
    out = np.zeros(p.shape)
    last = np.zeros(p.shape[:-1])
    for k in range(p.shape[-1]):
        gamma = p[..., k] / n[..., k]
        xi = np.maximum(alpha * last + (1 - alpha) * np.maximum(gamma - 1, 0), 10 ** (xi_min_db / 10))
        out[..., k] = xi / (1 + xi)
        last = out[..., k] ** 2 * gamma
    return torch.from_numpy(out).float()
