import torch


def noise_psd(Y, noise_only):
    keep = torch.unsqueeze(noise_only, -2)
    P = torch.where(keep, Y.real.pow(2) + Y.imag.pow(2), 0.0)
    return torch.sum(P, dim=-1, keepdim=True) / torch.sum(keep, dim=-1, keepdim=True)
