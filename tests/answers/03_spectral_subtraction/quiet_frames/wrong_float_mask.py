# Slip: returns a mask of floats.
# Names it: torch.bool

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
    return torch.zeros(P.shape).scatter(-1, idx, 1.0)
