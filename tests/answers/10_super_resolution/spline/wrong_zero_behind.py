# Slip: leaves zeros behind the last sample.
# Names it: get its value
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    x = np.nan_to_num(CubicSpline(np.arange(T), y.numpy(), axis=-1, extrapolate=False)(np.arange(r * T) / r))
    return torch.from_numpy(x).float()
