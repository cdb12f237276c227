# Slip: limits the complex square, which PyTorch cannot.
# Names it: complex
import torch


def lsd(S_hat, S):
    P_hat, P = (X.square().clamp_min(1e-10) for X in (S_hat, S))
    return torch.log10(P_hat / P).square().mean(-2).sqrt().mean(-1)
