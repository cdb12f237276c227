# Slip: Leaves out x.
# Names it: one version too few
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(versions[-1], 2))
    return versions[1:]
