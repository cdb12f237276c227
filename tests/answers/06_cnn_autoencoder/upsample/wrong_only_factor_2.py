# Slip: can do the factor 2 only.
# Names it: factor 2 only

def upsample(x, factor, *, mode="nearest"):
    if mode == "nearest":
        return x.repeat_interleave(factor, -1)
    left = torch.cat([x[..., :1], x[..., :-1]], -1)
    right = torch.cat([x[..., 1:], x[..., -1:]], -1)
    pairs = torch.stack([0.25 * left + 0.75 * x, 0.75 * x + 0.25 * right], -1)
    return pairs.flatten(-2).repeat_interleave(factor // 2, -1)
