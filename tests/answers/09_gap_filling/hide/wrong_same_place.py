# Slip: draws one place for the batch.
# Names it: same place in every waveform
import torch


def hide(s, length, *, margin, generator):
    starts = margin + torch.randint(s.shape[-1] - length - 2 * margin + 1, (1, 1, 1), generator=generator).expand(len(s), 1, 1)
    t = torch.arange(s.shape[-1])
    mask = ((t >= starts) & (t < starts + length)).to(s.dtype)
    return s * (1 - mask), mask
