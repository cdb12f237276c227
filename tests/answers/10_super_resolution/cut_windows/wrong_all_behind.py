# Slip: puts all zeros behind the end.
# Names it: behind the end
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (0, -x.shape[-1] % hop + 2 * (length - hop)))
    return x[:, 0].unfold(-1, length, hop)
