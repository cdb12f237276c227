import torch


def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return 2 * S.abs() * N.abs() * torch.cos(S.angle() - N.angle())
