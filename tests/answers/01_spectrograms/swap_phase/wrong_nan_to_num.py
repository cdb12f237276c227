# Slip: 0 where B is 0.
# Names it: zero has no phase
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.nan_to_num(A.abs() / B.abs() * B)
