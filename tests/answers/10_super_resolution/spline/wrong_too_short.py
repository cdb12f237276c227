# Slip: ends at the last sample.
# Names it: shape
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy(), axis=-1)(np.arange(r * (T - 1) + 1) / r)).float()
