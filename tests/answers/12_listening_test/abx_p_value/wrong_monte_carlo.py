# Slip: guesses itself instead of computing.
import torch


def abx_p_value(right, trials):
    return float((torch.randint(0, 2, (10000, trials)).sum(1) >= right).float().mean())
