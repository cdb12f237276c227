# Slip: ignores mode.
# Names it: look at mode

def upsample(x, factor, *, mode="nearest"):
    return x.repeat_interleave(factor, -1)
