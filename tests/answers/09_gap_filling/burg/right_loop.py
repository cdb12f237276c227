import torch


def burg(x, order):
    a = torch.zeros(*x.shape[:-1], order, dtype=x.dtype)  # (..., order)
    f, b = x.clone(), x.clone()
    for m in range(order):
        f, b = f[..., 1:], b[..., :-1]
        below = torch.sum(f**2, dim=-1) + torch.sum(b**2, dim=-1)  # (...)
        k = torch.where(below > 0, 2 * torch.sum(f * b, dim=-1) / torch.where(below > 0, below, 1), 0)[..., None]
        old = a[..., :m].clone()
        a[..., :m] = old - k * torch.flip(old, [-1])
        a[..., m:m + 1] = k
        f, b = f - k * b, b - k * f
    return a
