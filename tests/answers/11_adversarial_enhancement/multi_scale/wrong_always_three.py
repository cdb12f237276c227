# Slip: returns three versions, whatever `scales` is.
# Names it: 3 versions, expected 4
from torch.nn import functional


def multi_scale(x, scales):
    half = functional.avg_pool1d(x, 2)
    return [x, half, functional.avg_pool1d(half, 2)]
