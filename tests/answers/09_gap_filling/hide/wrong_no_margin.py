# Slip: ignores the margin.
# Names it: fewer than `margin`
import torch


def hide(s, length, *, margin, generator):
    starts = torch.randint(s.shape[-1] - length + 1, (len(s), 1, 1), generator=generator)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).to(s.dtype)
    return s * (1 - mask), mask
