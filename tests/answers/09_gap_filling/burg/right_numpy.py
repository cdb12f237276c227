import numpy as np
import torch


def burg(x, order):
    rows = x.detach().numpy().astype(np.float64).reshape(-1, x.shape[-1])
    found = []
    for row in rows:
        f, b, a = row[1:], row[:-1], np.zeros(0)
        for _ in range(order):
            below = np.dot(f, f) + np.dot(b, b)
            k = 2 * np.dot(f, b) / below if below > 1e-20 else 0.0
            a = np.append(a - k * a[::-1], k)
            f, b = (f - k * b)[1:], (b - k * f)[:-1]
        found.append(a)
    return torch.from_numpy(np.array(found)).reshape(*x.shape[:-1], order).to(x.dtype)
