# Slip: marks no frame where the fraction is small.
# Names it: at least 1

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.argsort(-1)[..., :round(fraction * P.shape[-1])]
    return torch.zeros(P.shape, dtype=torch.bool).scatter(-1, idx, True)
