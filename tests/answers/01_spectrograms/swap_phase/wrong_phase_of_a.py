# Slip: adds the phase of B to that of A.
# Names it: only |A|
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A * torch.exp(1j * B.angle())
