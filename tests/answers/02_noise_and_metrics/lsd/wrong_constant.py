# Slip: always 1.
import torch


def lsd(S_hat, S):
    return torch.ones(S.shape[:-2])
