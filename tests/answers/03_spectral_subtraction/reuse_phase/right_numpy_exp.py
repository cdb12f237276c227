import numpy as np
import torch


def reuse_phase(S_power, Y):
    y = Y.numpy()
    s_hat = np.sqrt(S_power.numpy()) * np.exp(1j * np.angle(y))
    s_hat[y == 0] = 0
    return torch.from_numpy(s_hat)
