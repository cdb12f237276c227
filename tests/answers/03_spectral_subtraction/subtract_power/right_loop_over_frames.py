import torch


def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    frames = []
    for k in range(Y_power.shape[-1]):
        left = Y_power[..., k] - over * N_power[..., 0]
        frames.append(torch.max(left, floor * N_power[..., 0]))
    return torch.stack(frames, dim=-1)
