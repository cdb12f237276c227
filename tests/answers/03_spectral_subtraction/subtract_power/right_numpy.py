import numpy as np
import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    P_Y, P_N = Y_power.numpy().astype("float64"), N_power.numpy().astype("float64")
    return torch.from_numpy(np.fmax(P_Y - over * P_N, floor * P_N))
