# Slip: takes a spline of degree 2.
# Names it: polynomial of degree 3
import numpy as np
import torch
from scipy.interpolate import make_interp_spline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    return torch.from_numpy(make_interp_spline(np.arange(T), y.numpy(), k=2, axis=-1)(t)).float()
