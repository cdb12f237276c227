# Slip: one frame too few.
# Names it: last frame is missing
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x, (frame_length // 2, frame_length // 2))
    K = x.shape[-1] // hop_length
    return torch.stack([padded[..., k * hop_length:k * hop_length + frame_length] for k in range(K)], dim=-1)
