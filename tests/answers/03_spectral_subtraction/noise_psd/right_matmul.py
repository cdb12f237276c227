import torch


def noise_psd(Y, noise_only):
    w = noise_only.to(torch.float64)
    w = w / w.sum(-1, keepdim=True)  # weights that add up to 1
    P = (Y * Y.conj()).real.to(torch.float64)
    return P @ w.unsqueeze(-1)  # (..., F, K) @ (..., K, 1)
