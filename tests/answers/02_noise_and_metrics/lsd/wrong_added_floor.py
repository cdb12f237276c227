# Slip: adds 1e-10 instead of a lower limit.
# Names it: lower limit
import torch


def lsd(S_hat, S):
    P_hat, P = (X.abs().square() + 1e-10 for X in (S_hat, S))
    return torch.log10(P_hat / P).square().mean(-2).sqrt().mean(-1)
