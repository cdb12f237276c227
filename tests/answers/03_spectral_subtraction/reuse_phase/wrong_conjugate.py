# Slip: turns the sign of the phase.
# Names it: wrong sign

import torch


def reuse_phase(S_power, Y):
    return torch.polar(S_power.sqrt(), -Y.angle()) * (Y != 0)
