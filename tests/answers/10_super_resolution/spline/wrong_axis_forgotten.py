# Slip: does not tell scipy which axis is the time.
# Names it: axis=-1
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy())(t)).float()
