# Slip: The larger of two.
# Names it: larger of two
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.max_pool1d(versions[-1], 2))
    return versions
