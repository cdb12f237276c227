# Slip: mirrors the waveform at its ends, as torch.stft does by default.
# Names it: mirrored
import torch


def frame(x, *, frame_length, hop_length):
    """Cut a waveform into overlapping, centred frames, one a column."""
    half = frame_length // 2
    flat = x.reshape(1, -1, x.shape[-1])
    padded = torch.nn.functional.pad(flat, (half, half), mode="reflect").reshape(*x.shape[:-1], -1)
    return padded.unfold(-1, frame_length, hop_length).transpose(-1, -2)
