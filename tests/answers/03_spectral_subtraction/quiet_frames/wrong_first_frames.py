# Slip: takes the first frames for noise, whatever is in them.
# Names it: first frames

import torch


def quiet_frames(Y, *, fraction=0.2):
    K = Y.shape[-1]
    mask = torch.zeros(*Y.shape[:-2], K, dtype=torch.bool)
    mask[..., :max(1, round(fraction * K))] = True
    return mask
