# Slip: writes 1 + xi * exp in place of (1 + xi) * exp.
# Names it: multiplied with (1 + xi)

def track_noise(P, *, a=0.9, xi_db=10.0):
    xi = 10 ** (xi_db / 10)
    N = quiet_psd(P)[..., 0].clamp_min(1e-12)
    frames = []
    for k in range(P.shape[-1]):
        p = 1 / (1 + 1 + xi * torch.exp(-P[..., k] / N * xi / (1 + xi)))
        N = (a * N + (1 - a) * (p * N + (1 - p) * P[..., k])).clamp_min(1e-12)
        frames.append(N)
    return torch.stack(frames, -1)
