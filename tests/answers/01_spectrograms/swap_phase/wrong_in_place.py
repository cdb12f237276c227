# Slip: writes into A.
# Names it: changed its input
import torch


def swap_phase(A, B):
    """Give the magnitude of A the phase of B."""
    A.copy_(torch.polar(A.abs(), B.angle()))
    return A
