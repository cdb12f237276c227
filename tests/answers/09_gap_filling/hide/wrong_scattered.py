# Slip: hides single samples.
# Names it: side by side
import torch


def hide(s, length, *, margin, generator):
    mask = torch.zeros_like(s)
    for k in range(len(s)):
        inner = s.shape[-1] - 2 * margin
        mask[k, 0, margin + torch.randperm(inner, generator=generator)[:length]] = 1
    return s * (1 - mask), mask
