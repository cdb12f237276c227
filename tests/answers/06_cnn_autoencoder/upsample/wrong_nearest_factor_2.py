# Slip: repeats twice, whatever the factor is.
# Names it: factor 2 only

def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return torch.stack([x, x], -1).flatten(-2)
    T = x.shape[-1]
    t = ((torch.arange(factor * T) + 0.5) / factor - 0.5).clamp(0, T - 1)
    left = t.floor().long()
    right = (left + 1).clamp_max(T - 1)
    part = t - left
    return x[..., left] * (1 - part) + x[..., right] * part
