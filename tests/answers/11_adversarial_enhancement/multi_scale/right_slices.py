def multi_scale(x, scales):
    versions = [x]
    while len(versions) < scales:
        u = versions[-1]
        T = u.shape[-1] // 2 * 2
        versions.append((u[..., :T:2] + u[..., 1:T:2]) / 2)
    return versions
