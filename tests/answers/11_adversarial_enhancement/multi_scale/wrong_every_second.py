# Slip: Leaves out every second sample, with no filter.
# Names it: every second sample


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        versions.append(versions[-1][..., :versions[-1].shape[-1] // 2 * 2:2])
    return versions
