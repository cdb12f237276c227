import torch


def quiet_frames(Y, *, fraction=0.2):
    power = (Y * Y.conj()).real.double().mean(-2)
    count = max(1, round(fraction * power.shape[-1]))
    loudest_first = power.sort(-1, descending=True).indices
    mask = torch.ones(power.shape, dtype=torch.bool)
    return mask.scatter(-1, loudest_first[..., :power.shape[-1] - count], False)
