# Slip: angle in degrees.
# Names it: radians
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.polar(A.abs(), torch.rad2deg(B.angle()))
