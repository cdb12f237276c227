# Slip: magnitude and angle as real and imaginary part.
# Names it: imaginary part
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.complex(A.abs(), B.angle())
