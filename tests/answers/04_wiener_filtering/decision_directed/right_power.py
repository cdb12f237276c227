import torch


def decision_directed(P, N_power, *, alpha=0.98, xi_min_db=-25.0):
    N = N_power + 0 * P
    S, gains = None, []
    for k in range(P.shape[-1]):
        xi = (1 - alpha) * torch.clamp(P[..., k] / N[..., k] - 1, min=0)
        if S is not None:
            xi = xi + alpha * S / N[..., k - 1]
        xi = torch.clamp(xi, min=10 ** (xi_min_db / 10))
        gains.append(xi / (xi + 1))
        S = gains[-1] ** 2 * P[..., k]
    return torch.stack(gains, dim=-1)
