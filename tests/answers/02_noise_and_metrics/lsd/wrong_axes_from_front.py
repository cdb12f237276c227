# Slip: counts axes from the front.
# Names it: count the axes from the end
import torch


def lsd(S_hat, S):
    P_hat, P = (X.abs().square().clamp_min(1e-10) for X in (S_hat, S))
    return torch.log10(P_hat / P).square().mean(0).sqrt().mean(0)
