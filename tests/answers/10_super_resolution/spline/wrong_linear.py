# Slip: joins the samples by straight lines.
# Names it: Straight lines
import numpy as np
import torch


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    rows = [np.interp(t, np.arange(T), row) for row in y.reshape(-1, T).numpy()]
    return torch.from_numpy(np.stack(rows)).float().reshape(*y.shape[:-1], r * T)
