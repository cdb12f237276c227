# Slip: frames of the first waveform for the whole batch.
# Names it: first
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    padded = torch.nn.functional.pad(x.reshape(-1, x.shape[-1])[0], (frame_length // 2, frame_length // 2))
    frames = padded.unfold(-1, frame_length, hop_length).T
    return frames.expand(*x.shape[:-1], *frames.shape)
