import torch


def hide(s, length, *, margin, generator):
    y, mask = s.clone(), torch.zeros_like(s)
    for k in range(len(s)):
        start = int(torch.randint(margin, s.shape[-1] - margin - length + 1, (1,), generator=generator))
        y[k, :, start:start + length] = 0
        mask[k, :, start:start + length] = 1
    return y, mask
