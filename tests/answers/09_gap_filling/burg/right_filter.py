import torch


def burg(x, order):
    error = torch.ones_like(x[..., :1])  # (..., 1): the prediction-error filter, 1 and minus the coefficients
    f, b = x[..., 1:], x[..., :-1]
    for _ in range(order):
        power = (f * f).sum(-1, keepdim=True) + (b * b).sum(-1, keepdim=True)
        k = -2 * (f * b).sum(-1, keepdim=True) / (power + 1e-30 * (power == 0))
        longer = torch.cat([error, torch.zeros_like(k)], -1)
        error = longer + k * longer.flip(-1)
        f, b = f + k * b, b + k * f
        f, b = f[..., 1:], b[..., :-1]
    return -error[..., 1:]
