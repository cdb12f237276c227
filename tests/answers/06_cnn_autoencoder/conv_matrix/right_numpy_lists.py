import numpy as np
import torch


def conv_matrix(w, n, *, stride=1, padding=0):
    values = list(w.numpy())
    padded = n + 2 * padding
    rows = []
    for start in range(0, padded - len(values) + 1, stride):
        rows.append(start * [0.0] + values + (padded - start - len(values)) * [0.0])
    return torch.from_numpy(np.array(rows)[:, padding:padding + n]).to(w.dtype)
