# Slip: Folds pairs into an axis of their own, which works for even lengths only.
# Names it: odd number of samples


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        u = versions[-1]
        versions.append(u.reshape(u.shape[0], u.shape[1], u.shape[-1] // 2, 2).mean(-1))
    return versions
