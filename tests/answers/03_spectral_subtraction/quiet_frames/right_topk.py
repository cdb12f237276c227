import torch


def quiet_frames(Y, *, fraction=0.2):
    power = (Y.real ** 2 + Y.imag ** 2).sum(dim=-2)
    count = max(1, round(fraction * power.shape[-1]))
    idx = torch.topk(power, count, dim=-1, largest=False).indices
    mask = torch.zeros_like(power, dtype=torch.bool)
    mask.scatter_(-1, idx, True)
    return mask
