# Slip: 512 and 128 instead of the arguments.
# Names it: shape
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x, (256, 256))
    return padded.unfold(-1, 512, 128).transpose(-1, -2)
