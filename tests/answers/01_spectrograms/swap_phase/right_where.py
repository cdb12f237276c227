import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    magnitude = B.abs()
    direction = torch.where(magnitude == 0, torch.ones_like(B), B / magnitude)
    return A.abs() * direction
