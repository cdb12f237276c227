import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    half = frame_length // 2
    zeros = torch.zeros(*x.shape[:-1], half, dtype=x.dtype)
    padded = torch.cat((zeros, x, zeros), dim=-1)
    start = torch.arange(0, x.shape[-1] + 1, hop_length)
    return padded[..., torch.arange(frame_length)[:, None] + start[None, :]]
