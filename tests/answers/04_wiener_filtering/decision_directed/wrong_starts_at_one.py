# Slip: starts with a decision of 1.
# Names it: not 1

import torch


def decision_directed(P, N_power, *, alpha=0.98, xi_min_db=-25.0):
    N_power = N_power.expand_as(P)
    last = torch.ones_like(P[..., 0])
    gains = []
    for k in range(P.shape[-1]):
        gamma = P[..., k] / N_power[..., k]
        guess = (gamma - 1).clamp_min(0)
        xi = alpha * last + (1 - alpha) * guess
        xi = xi.clamp_min(10 ** (xi_min_db / 10))
        H = xi / (1 + xi)
        last = H ** 2 * gamma
        gains.append(H)
    return torch.stack(gains, -1)
