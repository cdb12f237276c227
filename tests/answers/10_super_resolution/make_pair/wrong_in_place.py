# Slip: changes the level of the target, in place.
def make_pair(s, prepare):
    y = prepare(s)
    r = s.shape[-1] // y.shape[-1]
    s *= y.abs().max() / s.abs().max()
    return (spline(y, r) if r > 1 else y), s
