import numpy as np
import torch


def noise_psd(Y, noise_only):
    P = np.abs(Y.numpy()) ** 2
    out = np.zeros((*P.shape[:-1], 1), dtype=P.dtype)
    for item in np.ndindex(*P.shape[:-2]):
        out[item][:, 0] = P[item][:, noise_only.numpy()[item]].mean(axis=1)
    return torch.from_numpy(out)
