# Slip: takes the degraded sound for the target.
# Names it: target is the degraded
def make_pair(s, prepare):
    y = prepare(s)
    r = s.shape[-1] // y.shape[-1]
    x = spline(y, r) if r > 1 else y
    return x, x
