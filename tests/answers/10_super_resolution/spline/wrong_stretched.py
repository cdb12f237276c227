# Slip: stretches the new times from the first to the last sample.
# Names it: stretched
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy(), axis=-1)(np.linspace(0, T - 1, r * T))).float()
