# Slip: forgets the magnitude.
# Names it: phase alone
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.exp(1j * B.angle())
