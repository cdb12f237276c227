# Slip: puts first and last samples on each other.
# Names it: align_corners

def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return x.repeat_interleave(factor, -1)
    T = x.shape[-1]
    t = torch.linspace(0, T - 1, factor * T)
    t = t.clamp(0, T - 1)
    left = t.floor().long()
    right = (left + 1).clamp_max(T - 1)
    part = t - left
    return x[..., left] * (1 - part) + x[..., right] * part
