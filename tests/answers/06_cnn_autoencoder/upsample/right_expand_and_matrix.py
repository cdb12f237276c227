import torch


def upsample(x, factor, *, mode="nearest"):
    T = x.shape[-1]
    if mode == "nearest":
        return x.unsqueeze(-1).expand(*x.shape, factor).reshape(*x.shape[:-1], T * factor)
    t = ((torch.arange(factor * T) + 0.5) / factor - 0.5).clamp(0, T - 1)
    hats = (1 - (t - torch.arange(T).unsqueeze(-1)).abs()).clamp_min(0)
    return x @ hats
