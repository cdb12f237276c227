# Slip: interpolates along the first axis.
# Names it: axis=-1
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    return torch.from_numpy(CubicSpline(np.arange(y.shape[0]), y.numpy())(t)).float()
