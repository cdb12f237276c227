# Slip: constant output.
# Names it: same number
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.ones_like(A)
