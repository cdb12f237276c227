# Slip: all zeros behind the waveform, so that frames begin at k R instead of being centred.
# Names it: centred
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x, (0, frame_length))
    return padded.unfold(-1, frame_length, hop_length).transpose(-1, -2)
