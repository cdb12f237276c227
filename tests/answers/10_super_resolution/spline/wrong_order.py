# Slip: gives CubicSpline the samples before the times.
# Names it: times first
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    return torch.from_numpy(CubicSpline(y.numpy(), np.arange(T), axis=-1)(t)).float()
