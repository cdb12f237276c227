# Slip: adds up magnitudes.
# Names it: magnitudes

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().sum(-2)
    idx = P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
    return torch.zeros(P.shape, dtype=torch.bool).scatter(-1, idx, True)
