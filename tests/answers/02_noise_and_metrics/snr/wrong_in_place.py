# Slip: subtracts in place.
# Names it: in place
import torch


def snr(s_hat, s):
    s_hat -= s
    return 10 * torch.log10(s.square().sum(-1) / s_hat.square().sum(-1))
