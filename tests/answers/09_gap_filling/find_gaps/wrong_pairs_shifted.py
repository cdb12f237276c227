# Slip: pairs the end of the first silence with the first gap.
# Names it: begins and ends with silence
import torch


def find_gaps(y, *, shortest=80):
    z = (y == 0).int()
    d = torch.diff(z)
    starts = (d == 1).nonzero().flatten() + 1
    ends = (d == -1).nonzero().flatten() + 1
    return [(int(a), int(b - a)) for a, b in zip(starts, ends, strict=False) if b - a >= shortest]
