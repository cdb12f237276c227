# Slip: adds an epsilon, and returns infinity only where the whole batch is perfect.
# Names it: perfect and of a poor estimate
import torch


def snr(s_hat, s):
    if torch.equal(s_hat, s):
        return torch.full(s.shape[:-1], float("inf"))
    error = (s_hat - s).square().sum(-1) + 1e-8
    return 10 * torch.log10(s.square().sum(-1) / error)
