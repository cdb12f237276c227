# Slip: root over everything.
# Names it: root comes last
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().square().clamp_min(1e-10)
    P = S.abs().square().clamp_min(1e-10)
    d = torch.log10(P_hat / P)
    return d.square().mean((-2, -1)).sqrt()
