# Slip: swaps True and False.
# Names it: swapped

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
    return torch.ones(P.shape, dtype=torch.bool).scatter(-1, idx, False)
