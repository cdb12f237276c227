import torch


def join_skip(u, skip):
    B, C = u.shape[:2]
    F, K = skip.shape[2:]
    fitted = torch.zeros(B, C, F, K, dtype=u.dtype)
    u = u[:, :, :F, :K]
    fitted[:, :, :u.shape[2], :u.shape[3]] = u
    return torch.cat((fitted, skip), dim=1)
