import torch


def power(Y):
    return (Y.real ** 2 + Y.imag ** 2).sum(-2)


def quiet_frames(Y, *, fraction=0.2):
    count = max(1, round(fraction * Y.shape[-1]))
    order = power(Y).argsort(dim=-1, stable=True)
    return torch.zeros(order.shape, dtype=torch.bool).scatter(-1, order[..., :count], True)
