# Slip: adds up over the frames and marks frequencies.
# Names it: frequencies, not frames

import torch


def quiet_frames(Y, *, fraction=0.2):
    P = Y.abs().square().sum(-1)
    idx = P.argsort(-1)[..., :max(1, round(fraction * P.shape[-1]))]
    return torch.zeros(P.shape, dtype=torch.bool).scatter(-1, idx, True)
