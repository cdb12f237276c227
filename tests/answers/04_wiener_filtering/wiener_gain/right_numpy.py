import numpy as np
import torch


def wiener_gain(S_power, N_power):
    s, n = np.broadcast_arrays(S_power.numpy().astype(float), N_power.numpy().astype(float))
    out = np.zeros(s.shape)
    np.divide(s, s + n, out=out, where=s + n > 0)
    return torch.from_numpy(out).float()
