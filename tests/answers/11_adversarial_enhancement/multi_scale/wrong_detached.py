# Slip: No gradient.
# Names it: gradient
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(versions[-1].detach(), 2))
    return versions
