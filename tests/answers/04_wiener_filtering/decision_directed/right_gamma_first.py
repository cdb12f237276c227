import torch


def decision_directed(P, N_power, *, alpha=0.98, xi_min_db=-25.0):
    gamma = P / N_power
    guess = torch.relu(gamma - 1)
    H = torch.zeros_like(gamma)
    least = torch.tensor(10.0 ** (xi_min_db / 10))
    for k in range(P.shape[-1]):
        before = H[..., k - 1] ** 2 * gamma[..., k - 1] if k else 0.0
        xi = torch.maximum(alpha * before + (1 - alpha) * guess[..., k], least)
        H[..., k] = 1 - 1 / (1 + xi)
    return H
