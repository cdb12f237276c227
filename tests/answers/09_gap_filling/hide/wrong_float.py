# Slip: makes the mask float32, whatever the type of s.
# Names it: float32: make it
import torch


def hide(s, length, *, margin, generator):
    starts = margin + torch.randint(s.shape[-1] - length - 2 * margin + 1, (len(s), 1, 1), generator=generator)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).float()
    return s * (1 - mask), mask
