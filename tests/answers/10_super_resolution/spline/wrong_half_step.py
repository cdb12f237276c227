# Slip: puts the new samples in the middle of their steps.
# Names it: half a step too early
import numpy as np
import torch
from scipy.interpolate import CubicSpline


def spline(y, r):
    T = y.shape[-1]
    t = np.clip((np.arange(r * T) + 0.5) / r - 0.5, 0, T - 1)
    return torch.from_numpy(CubicSpline(np.arange(T), y.numpy(), axis=-1)(t)).float()
