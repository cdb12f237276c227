# Slip: puts hop zeros behind the end.
# Names it: too few zeros
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (length - hop, -x.shape[-1] % hop + hop))
    return x[:, 0].unfold(-1, length, hop)
