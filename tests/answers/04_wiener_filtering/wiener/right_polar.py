import torch


def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs() ** 2
    H = decision_directed(P, track_noise(P), alpha=alpha).clamp_min(floor)
    return istft(torch.polar(H * Y.abs(), Y.angle()), length=y.shape[-1])
