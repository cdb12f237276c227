import numpy as np


def rebuild(X, Y, *, limit=False):
    spectrum = Y.numpy().astype(np.complex128)
    A = np.abs(spectrum)
    out = np.zeros_like(spectrum)
    for i in np.ndindex(*spectrum.shape[:-2]):
        P = np.mean(A[i] ** 2)
        power = np.maximum(1000.0 ** (X.numpy().astype(float)[i].T - 1) - 1e-6, 0) * P
        magnitude = np.sqrt(power)
        if limit:
            magnitude = np.where(magnitude > A[i], A[i], magnitude)
        out[i] = magnitude * np.exp(1j * np.angle(spectrum[i]))
    return torch.from_numpy(out.astype(np.complex64))
