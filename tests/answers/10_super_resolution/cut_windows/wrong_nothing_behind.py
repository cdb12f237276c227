# Slip: puts too few zeros behind the end.
# Names it: last window is missing
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (length - hop, -x.shape[-1] % hop))
    return x[:, 0].unfold(-1, length, hop)
