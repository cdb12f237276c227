# Slip: marks the loudest frames.
# Names it: loudest

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-2)
    idx = P.topk(max(1, round(fraction * P.shape[-1])), dim=-1).indices
    return torch.zeros(P.shape, dtype=torch.bool).scatter(-1, idx, True)
