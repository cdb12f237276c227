# Slip: counts the frames with the padded length.
# Names it: too many frames
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    x = torch.nn.functional.pad(x, (frame_length // 2, frame_length // 2))
    K = 1 + x.shape[-1] // hop_length
    return torch.stack([x[..., k * hop_length:k * hop_length + frame_length] for k in range(K)], dim=-1)
