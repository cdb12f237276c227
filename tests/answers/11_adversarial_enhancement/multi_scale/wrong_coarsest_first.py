# Slip: The coarsest first.
# Names it: coarsest version comes first
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(functional.avg_pool1d(versions[-1], 2))
    return versions[::-1]
