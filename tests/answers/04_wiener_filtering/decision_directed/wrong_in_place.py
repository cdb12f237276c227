# Slip: writes into its input.
# Names it: after the call

import torch


def decision_directed(P, N_power, *, alpha=0.98, xi_min_db=-25.0):
    N_power = N_power.expand_as(P)
    last = torch.zeros_like(P[..., 0])
    for k in range(P.shape[-1]):
        gamma = P[..., k] / N_power[..., k]
        xi = (alpha * last + (1 - alpha) * (gamma - 1).clamp_min(0)).clamp_min(10 ** (xi_min_db / 10))
        P[..., k] = xi / (1 + xi)
        last = P[..., k] ** 2 * gamma
    return P
