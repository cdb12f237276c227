import torch


def lsd(S_hat, S):
    # A power of 1e-10 is a magnitude of 1e-5, and log power is twice log magnitude.
    d = 2 * (S_hat.abs().clamp(min=1e-5).log10() - S.abs().clamp(min=1e-5).log10())
    return torch.linalg.vector_norm(d, dim=-2).mean(-1) / S.shape[-2] ** 0.5
