# Slip: sum over the bins.
# Names it: not their sum
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().square().clamp_min(1e-10)
    P = S.abs().square().clamp_min(1e-10)
    d = torch.log10(P_hat / P)
    return d.square().sum(-2).sqrt().mean(-1)
