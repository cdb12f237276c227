# Slip: limits the ratio.
# Names it: not their ratio
import torch


def lsd(S_hat, S):
    P_hat = S_hat.abs().square()
    P = S.abs().square()
    d = torch.log10((P_hat / P).clamp_min(1e-10))
    return d.square().mean(-2).sqrt().mean(-1)
