import torch


def hide(s, length, *, margin, generator):
    places = s.shape[-1] - length - 2 * margin + 1
    starts = margin + (places * torch.rand(len(s), generator=generator)).floor()  # (B,)
    offset = torch.arange(s.shape[-1])[None] - starts[:, None]  # (B, T)
    mask = torch.logical_and(offset >= 0, offset < length).to(s.dtype).unsqueeze(1)
    return s.masked_fill(mask.bool(), 0.0), mask
