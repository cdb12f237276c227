import torch


def spectral_loss(S_hat, S, *, c=0.3):
    def parts(X):
        X = torch.view_as_real(X)
        power = X.square().sum(-1, keepdim=True).clamp_min(1e-8)
        return X * power ** ((c - 1) / 2), power ** (c / 2)

    (a, a_size), (b, b_size) = parts(S_hat), parts(S)
    return 0.5 * (a - b).square().sum(-1).mean() + 0.5 * ((a_size - b_size) ** 2).mean()
