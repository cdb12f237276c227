# Slip: works for a single waveform only.
# Names it: axes before the last one
import torch


def extrapolate(x, a, length):
    p, line = len(a), list(x)
    for _ in range(length):
        line.append((torch.stack(line[-p:]) * a.flip(0)).sum())
    return torch.stack(line[len(x):])
