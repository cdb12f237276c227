# Slip: forgets to divide the new times by r.
# Names it: divide them by r
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T), T - 1)
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy(), axis=-1)(t)).float()
