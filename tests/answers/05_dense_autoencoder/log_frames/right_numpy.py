import numpy as np


def log_frames(S):
    A = S.numpy().astype(np.complex128)
    power = A.real ** 2 + A.imag ** 2
    mean = power.mean(axis=(-2, -1), keepdims=True)
    ratio = np.divide(power, mean, out=np.zeros_like(power), where=mean > 0)
    return torch.from_numpy(np.swapaxes(1 + np.log10(ratio + 1e-6) / 3, -1, -2).astype(np.float32).copy())
