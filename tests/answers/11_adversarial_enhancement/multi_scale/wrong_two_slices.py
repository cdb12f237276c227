# Slip: Adds every second sample to those between, which are one fewer if the length is odd.
# Names it: odd number of samples


def multi_scale(x, scales):
    versions = [x]
    for _ in range(scales - 1):
        u = versions[-1]
        versions.append((u[..., ::2] + u[..., 1::2]) / 2)
    return versions
