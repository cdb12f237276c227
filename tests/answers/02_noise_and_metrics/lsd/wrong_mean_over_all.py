# Slip: one mean for the whole batch.
# Names it: one number for the whole batch
import torch


def lsd(S_hat, S):
    P_hat, P = (X.abs().square().clamp_min(1e-10) for X in (S_hat, S))
    return torch.log10(P_hat / P).square().mean(-2).sqrt().mean()
