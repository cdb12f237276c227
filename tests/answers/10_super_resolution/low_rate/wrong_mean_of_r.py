# Slip: takes the mean of r samples.
# Names it: means of r samples
import torch


def low_rate(s, r, *, aliased):
    s = torch.nn.functional.pad(s, (0, -s.shape[-1] % r))
    return s.reshape(*s.shape[:-1], -1, r).mean(-1)
