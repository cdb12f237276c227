# Slip: natural logarithm.
# Names it: natural
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().square().clamp_min(1e-10)
    P = S.abs().square().clamp_min(1e-10)
    d = torch.log(P_hat / P)
    return d.square().mean(-2).sqrt().mean(-1)
