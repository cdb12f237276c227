# Slip: The sum of two.
# Names it: sum of two
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(2 * functional.avg_pool1d(versions[-1], 2))
    return versions
