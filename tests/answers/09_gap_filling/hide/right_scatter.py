import torch


def hide(s, length, *, margin, generator):
    places = s.shape[-1] - length - 2 * margin + 1
    starts = margin + torch.randint(places, (s.shape[0], 1), generator=generator)  # (B, 1)
    index = starts + torch.arange(length)  # (B, length)
    mask = torch.zeros_like(s).scatter_(-1, index.unsqueeze(1), 1.0)
    return torch.where(mask == 1, torch.zeros_like(s), s), mask
