# Slip: never draws the last place.
# Names it: last place never occurs
import torch


def hide(s, length, *, margin, generator):
    starts = margin + torch.randint(max(1, s.shape[-1] - length - 2 * margin), (len(s), 1, 1), generator=generator)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).to(s.dtype)
    return s * (1 - mask), mask
