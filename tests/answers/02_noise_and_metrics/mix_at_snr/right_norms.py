import torch


def mix_at_snr(s, n, snr_db):
    ratio = torch.linalg.vector_norm(s, dim=-1, keepdim=True) / torch.linalg.vector_norm(n, dim=-1, keepdim=True)
    return s + n * ratio / 10 ** (snr_db / 20)
