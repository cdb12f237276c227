import torch


def si_sdr(s_hat, s):
    s_hat, s = s_hat.double(), s.double()
    rho2 = (s_hat * s).sum(-1) ** 2 / (s_hat.square().sum(-1) * s.square().sum(-1))
    return 10 * torch.log10(rho2 / (1 - rho2))
