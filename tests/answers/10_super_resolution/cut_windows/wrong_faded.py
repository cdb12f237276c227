# Slip: fades the windows already.
# Names it: fade when they are added
import torch
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (length - hop, -x.shape[-1] % hop + length - hop))
    return x[:, 0].unfold(-1, length, hop) * torch.hann_window(length)
