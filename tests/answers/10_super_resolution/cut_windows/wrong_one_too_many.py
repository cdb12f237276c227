# Slip: adds a hop where none is missing.
# Names it: window too many
from torch.nn import functional


def cut_windows(x, *, length=1024, hop=512):
    x = functional.pad(x, (length - hop, hop - x.shape[-1] % hop + length - hop))
    return x[:, 0].unfold(-1, length, hop)
