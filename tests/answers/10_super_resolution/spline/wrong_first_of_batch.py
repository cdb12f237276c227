# Slip: draws the curve of the first row for all.
# Names it: All rows are the first one
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    x = CubicSpline(np.arange(T), y.reshape(-1, T)[0].numpy())(t)
    return torch.from_numpy(x).float().expand(*y.shape[:-1], r * T)
