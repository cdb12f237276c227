import torch


def si_sdr(s_hat, s):
    # The same ratio with the estimate scaled by 1 / alpha and s itself as the target.
    alpha = torch.einsum("...t,...t->...", s_hat, s) / torch.einsum("...t,...t->...", s, s)
    e = s_hat / alpha[..., None] - s
    return 10 * torch.log10(s.pow(2).sum(-1) / e.pow(2).sum(-1))
