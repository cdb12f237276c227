# Slip: lets the curve go on behind the last sample.
# Names it: goes on behind the last sample
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy(), axis=-1)(np.arange(r * T) / r)).float()
