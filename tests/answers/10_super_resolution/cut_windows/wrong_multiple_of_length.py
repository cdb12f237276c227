# Slip: fills up to a multiple of the length.
# Names it: not of length
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (length - hop, -x.shape[-1] % length + length - hop))
    return x[:, 0].unfold(-1, length, hop)
