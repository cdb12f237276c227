# Slip: no limit against log 0.
# Names it: Limit both powers
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().square()
    P = S.abs().square()
    d = torch.log10(P_hat / P)
    return d.square().mean(-2).sqrt().mean(-1)
