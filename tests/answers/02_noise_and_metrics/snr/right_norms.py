import torch


def snr(s_hat, s):
    return 20 * torch.log10(torch.linalg.vector_norm(s, dim=-1) / torch.linalg.vector_norm(s - s_hat, dim=-1))
