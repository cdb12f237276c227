# Slip: One version too many.
# Names it: one version too many
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales):
        versions.append(functional.avg_pool1d(versions[-1], 2))
    return versions
