# Slip: forgets the - 0.5.
# Names it: subtract 0.5

def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return x.repeat_interleave(factor, -1)
    T = x.shape[-1]
    t = ((torch.arange(factor * T) + 0.5) / factor).clamp(0, T - 1)
    left = t.floor().long()
    right = (left + 1).clamp_max(T - 1)
    part = t - left
    return x[..., left] * (1 - part) + x[..., right] * part
