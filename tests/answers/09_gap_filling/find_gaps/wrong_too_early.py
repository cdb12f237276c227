# Slip: takes the sample before a gap for its first.
# Names it: one too early
import torch


def find_gaps(y, *, shortest=80):
    z = (y == 0).int()
    d = torch.diff(z)
    starts = (d == 1).nonzero().flatten()
    ends = (d == -1).nonzero().flatten()
    return [(int(a), int(b - a)) for a, b in zip(starts, ends, strict=False) if b - a >= shortest]
