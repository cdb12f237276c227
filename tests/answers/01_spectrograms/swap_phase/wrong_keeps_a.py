# Slip: A itself where B is 0.
# Names it: not A
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return torch.where(B == 0, A, torch.polar(A.abs(), B.angle()))
