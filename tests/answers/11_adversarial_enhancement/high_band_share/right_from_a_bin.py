import math

import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    first = math.ceil(cutoff_hz * s.shape[-1] / 16000)
    S_hat, S = torch.fft.rfft(s_hat)[..., first:], torch.fft.rfft(s)[..., first:]
    return torch.linalg.vector_norm(S_hat, dim=-1) ** 2 / torch.linalg.vector_norm(S, dim=-1) ** 2
