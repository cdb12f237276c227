# Slip: takes the cosine alone.
# Names it: cosine

import torch


def phase_sensitive_mask(S, Y):
    return torch.where(Y == 0, 0.0, torch.cos(S.angle() - Y.angle())).clamp(0, 1)
