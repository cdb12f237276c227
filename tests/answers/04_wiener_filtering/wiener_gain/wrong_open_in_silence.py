# Slip: opens the mask in silence.
# Names it: not 1

import torch


def wiener_gain(S_power, N_power):
    total = S_power + N_power
    return torch.where(total > 0, S_power / total, torch.ones_like(total))
