# Slip: solves the Yule-Walker equations.
# Names it: autocorrelation method
import torch


def burg(x, order):
    T = x.shape[-1]
    r = torch.stack([(x[..., :T - k] * x[..., k:]).sum(-1) for k in range(order + 1)], -1)
    lags = (torch.arange(order)[:, None] - torch.arange(order)).abs()
    R = r[..., lags] + 1e-20 * torch.eye(order, dtype=x.dtype)
    return torch.linalg.solve(R, r[..., 1:])
