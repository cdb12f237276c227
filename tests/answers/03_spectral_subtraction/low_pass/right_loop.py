import torch


def low_pass(Y, *, cutoff_hz):
    F = Y.shape[-2]
    S_hat = torch.zeros_like(Y)
    for f in range(F):
        if f * 8000 / (F - 1) <= cutoff_hz:
            S_hat[..., f, :] = Y[..., f, :]
    return S_hat
