# Slip: cuts the number of frames off, down to none.
# Names it: do not cut off

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.argsort(-1)[..., :int(fraction * P.shape[-1])]
    return torch.zeros(P.shape, dtype=torch.bool).scatter(-1, idx, True)
