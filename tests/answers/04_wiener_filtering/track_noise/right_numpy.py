import numpy as np
import torch


def track_noise(P, *, a=0.9, xi_db=10.0):
    x = P.numpy().astype(np.float64)
    order = np.argsort(x.sum(-2), axis=-1)[..., None, :max(1, round(0.2 * x.shape[-1]))]
    N = np.maximum(np.take_along_axis(x, np.broadcast_to(order, (*x.shape[:-1], order.shape[-1])), -1).mean(-1), 1e-12)
    xi = 10 ** (xi_db / 10)
    out = np.zeros_like(x)
    for k in range(x.shape[-1]):
        p = 1 / (1 + (1 + xi) * np.exp(-x[..., k] / N * xi / (1 + xi)))
        N = np.maximum(a * N + (1 - a) * (p * N + (1 - p) * x[..., k]), 1e-12)
        out[..., k] = N
    return torch.from_numpy(out).float()
