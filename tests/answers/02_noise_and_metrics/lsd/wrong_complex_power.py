# Slip: squares the complex numbers, no floor.
# Names it: take .abs()
import torch


def lsd(S_hat, S):
    d = torch.log10(S_hat.square() / S.square())
    return d.square().mean(-2).sqrt().mean(-1)
