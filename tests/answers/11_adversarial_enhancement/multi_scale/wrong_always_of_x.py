# Slip: Halves x each time.
# Names it: halve the version before
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(x, 2))
    return versions
