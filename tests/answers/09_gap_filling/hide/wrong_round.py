# Slip: rounds a random number, so that the first and the last place come half as often.
# Names it: round()
import torch


def hide(s, length, *, margin, generator):
    room = s.shape[-1] - length - 2 * margin
    starts = margin + torch.round(torch.rand(len(s), 1, 1, generator=generator) * room)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).to(s.dtype)
    return s * (1 - mask), mask
