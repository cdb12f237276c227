# Slip: compares with a quantile: the number of frames is not exact, and none where all are equal.
# Names it: equal power

import torch


def quiet_frames(Y, *, fraction=0.2):
    power = Y.abs().square().sum(-2)
    return power < torch.quantile(power, fraction, dim=-1, keepdim=True)
