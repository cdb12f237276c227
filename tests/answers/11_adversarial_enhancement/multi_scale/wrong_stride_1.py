# Slip: Forgets to halve.
# Names it: pairs overlap
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(versions[-1], 2, stride=1))
    return versions
