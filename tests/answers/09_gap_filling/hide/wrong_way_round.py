# Slip: returns the mask first.
# Names it: return y first
import torch


def hide(s, length, *, margin, generator):
    starts = margin + torch.randint(s.shape[-1] - length - 2 * margin + 1, (len(s), 1, 1), generator=generator)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).to(s.dtype)
    return mask, s * (1 - mask)
