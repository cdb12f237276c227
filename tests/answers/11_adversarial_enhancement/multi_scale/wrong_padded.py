# Slip: Gives a last sample that is alone a zero for a partner.
# Names it: a zero as its partner
from torch.nn import functional


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        u = versions[-1]
        versions.append(functional.avg_pool1d(functional.pad(u, (0, u.shape[-1] % 2)), 2))
    return versions
