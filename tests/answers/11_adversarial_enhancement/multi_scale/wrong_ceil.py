# Slip: Keeps a last sample that is alone.
# Names it: without a partner
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(versions[-1], 2, ceil_mode=True))
    return versions
