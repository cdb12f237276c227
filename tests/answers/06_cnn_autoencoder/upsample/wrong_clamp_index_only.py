# Slip: clamps the index of the left sample only.
# Names it: not only the index

def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return x.repeat_interleave(factor, -1)
    T = x.shape[-1]
    t = (torch.arange(factor * T) + 0.5) / factor - 0.5
    left = t.floor().long().clamp(0, T - 1)
    right = (left + 1).clamp_max(T - 1)
    part = t - left
    return x[..., left] * (1 - part) + x[..., right] * part
