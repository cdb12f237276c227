import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    return A.abs() * torch.exp(1j * B.angle())
