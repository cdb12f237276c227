# Slip: takes the real part as magnitude.
# Names it: real part
import torch


def lsd(S_hat, S):
    P_hat, P = (X.real.square().clamp_min(1e-10) for X in (S_hat, S))
    return torch.log10(P_hat / P).square().mean(-2).sqrt().mean(-1)
