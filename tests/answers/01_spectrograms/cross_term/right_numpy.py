import numpy as np
import torch


def cross_term(S, N):
    """Compute what the power of a sum has beyond the sum of the powers."""
    s, n = S.numpy(), N.numpy()
    return torch.from_numpy((s * np.conj(n) + n * np.conj(s)).real)
