# Slip: gives bins without a phase a value.
# Names it: no phase

import torch


def reuse_phase(S_power, Y):
    return torch.polar(S_power.sqrt(), Y.angle())
