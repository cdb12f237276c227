import torch


def inner(a, b):
    return (a * b).sum(-1, keepdim=True)


def si_sdr(s_hat, s):
    target = inner(s_hat, s) / inner(s, s) * s
    error = s_hat - target
    return 10 * torch.log10(inner(target, target) / inner(error, error)).squeeze(-1)
