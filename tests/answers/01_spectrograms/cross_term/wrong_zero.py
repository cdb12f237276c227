# Slip: 0, as it is on average.
# Names it: same number
import torch


def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    return torch.zeros(S.shape)
