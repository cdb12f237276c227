import numpy as np
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    angle = np.arctan2(B.imag.numpy(), B.real.numpy())
    r = np.abs(A.numpy())
    return torch.from_numpy(r * np.cos(angle) + 1j * r * np.sin(angle))
