# Slip: limits the gain, as if an estimate could not be stronger than Y.
# Names it: much larger power
import torch


def reuse_phase(S_power, Y):
    gain = (S_power.sqrt() / Y.abs().clamp_min(1e-12)).clamp_max(2.5)
    return torch.where(Y == 0, torch.zeros_like(Y), gain * Y)
