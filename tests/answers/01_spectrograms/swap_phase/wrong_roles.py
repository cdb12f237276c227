# Slip: magnitude of B, phase of A.
# Names it: roles
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.polar(B.abs(), A.angle())
