# Slip: computes p for all frames at once, with the first N.
# Names it: use the N so far

def track_noise(P, *, a=0.9, xi_db=10.0):
    xi = 10 ** (xi_db / 10)
    first = quiet_psd(P).clamp_min(1e-12)
    p = 1 / (1 + (1 + xi) * torch.exp(-P / first * xi / (1 + xi)))
    N, moved = first[..., 0], []
    for k in range(P.shape[-1]):
        N = (a * N + (1 - a) * (p[..., k] * N + (1 - p[..., k]) * P[..., k])).clamp_min(1e-12)
        moved.append(N)
    return torch.stack(moved, -1)
