import torch


def reuse_phase(S_power, Y):
    gain = torch.sqrt(S_power) / torch.clamp(torch.abs(Y), min=1e-8)
    return torch.complex(gain * Y.real, gain * Y.imag)
