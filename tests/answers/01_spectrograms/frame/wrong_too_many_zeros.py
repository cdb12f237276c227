# Slip: pads a whole frame on each side.
# Names it: too many zeros
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x, (frame_length, frame_length))
    return padded.unfold(-1, frame_length, hop_length).transpose(-1, -2)
