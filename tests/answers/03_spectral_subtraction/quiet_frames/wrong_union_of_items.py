# Slip: sets the positions of one item in all items.
# Names it: set in all items

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
    mask = torch.zeros(P.shape, dtype=torch.bool)
    mask[..., idx] = True
    return mask
