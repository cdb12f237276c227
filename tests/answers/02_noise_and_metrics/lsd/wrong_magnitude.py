# Slip: magnitude in place of power.
# Names it: needs power
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().clamp_min(1e-10)
    P = S.abs().clamp_min(1e-10)
    d = torch.log10(P_hat / P)
    return d.square().mean(-2).sqrt().mean(-1)
