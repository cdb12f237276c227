# Slip: writes the floor into its inputs.
# Names it: in place
import torch


def lsd(S_hat, S):
    S_hat[S_hat.abs() < 1e-5] = 1e-5
    S[S.abs() < 1e-5] = 1e-5
    return torch.log10(S_hat.abs().square() / S.abs().square()).square().mean(-2).sqrt().mean(-1)
