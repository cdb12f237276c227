# Slip: one alpha for the batch.
# Names it: one alpha
import torch


def si_sdr(s_hat, s):
    alpha = (s_hat * s).sum() / s.square().sum()
    target = alpha * s
    error = s_hat - target
    return 10 * torch.log10(target.square().sum(-1) / error.square().sum(-1))
