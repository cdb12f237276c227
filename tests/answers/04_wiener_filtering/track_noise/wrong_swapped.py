# Slip: swaps p and 1 - p.
# Names it: swapped

import torch


def track_noise(P, *, a=0.9, xi_db=10.0):
    xi = 10 ** (xi_db / 10)
    N = quiet_psd(P)[..., 0].clamp_min(1e-12)
    frames = []
    for k in range(P.shape[-1]):
        p = 1 / (1 + (1 + xi) * torch.exp(-P[..., k] / N * xi / (1 + xi)))
        N = a * N + (1 - a) * ((1 - p) * N + p * P[..., k])
        N = N.clamp_min(1e-12)
        frames.append(N)
    return torch.stack(frames, -1)
