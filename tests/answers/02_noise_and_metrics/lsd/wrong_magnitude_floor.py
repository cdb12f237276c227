# Slip: limits the magnitudes.
# Names it: Limit the powers, after squaring
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().clamp_min(1e-10).square().double()
    P = S.abs().clamp_min(1e-10).square().double()
    d = torch.log10(P_hat / P)
    return d.square().mean(-2).sqrt().mean(-1)
