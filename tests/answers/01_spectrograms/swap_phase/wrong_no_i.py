# Slip: forgets the i in the exponent.
# Names it: exponent
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() * torch.exp(B.angle())
