# Slip: forgets that scipy computes with 64 bits.
# Names it: float()
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.minimum(np.arange(r * T) / r, T - 1)
    return torch.from_numpy(CubicSpline(np.arange(T), y.double().numpy(), axis=-1)(t)).double()
