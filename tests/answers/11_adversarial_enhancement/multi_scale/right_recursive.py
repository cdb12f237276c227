

def multi_scale(x, scales):
    if scales == 1:
        return [x]
    half = x[..., :x.shape[-1] // 2 * 2].reshape(*x.shape[:-1], -1, 2).mean(-1)
    return [x, *multi_scale(half, scales - 1)]
