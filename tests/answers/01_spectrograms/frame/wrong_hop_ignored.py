# Slip: frame k begins at sample k.
# Names it: hop is ignored
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x, (frame_length // 2, frame_length // 2))
    K = 1 + x.shape[-1] // hop_length
    return torch.stack([padded[..., k:k + frame_length] for k in range(K)], dim=-1)
