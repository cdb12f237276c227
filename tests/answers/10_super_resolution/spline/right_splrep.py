import numpy as np
import torch
from scipy.interpolate import make_interp_spline


def spline(y, r):
    T = y.shape[-1]
    curve = make_interp_spline(np.arange(T), y.double().numpy(), k=3, axis=-1)
    t = np.arange(r * T) / r
    t[t > T - 1] = T - 1
    return torch.as_tensor(curve(t), dtype=torch.float32)
