# Slip: changes the default.
# Names it: default fraction
import torch


def quiet_frames(Y, *, fraction=0.5):
    power = Y.abs().square().sum(-2)
    count = max(1, round(fraction * power.shape[-1]))
    quiet = power.argsort(dim=-1)[..., :count]
    return torch.zeros(power.shape, dtype=torch.bool).scatter(-1, quiet, True)
