import torch


def wiener(y, *, alpha=0.95, floor=0.1):
    Y = stft(y)
    P = Y.abs().square()
    H = torch.clamp(decision_directed(P, N_power=track_noise(P), alpha=alpha), floor, 1.0)
    return istft(H * Y, length=y.shape[-1])
