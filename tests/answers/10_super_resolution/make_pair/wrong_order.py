# Slip: returns the clean sound first.
# Names it: return it first
def make_pair(s, prepare):
    y = prepare(s)
    r = s.shape[-1] // y.shape[-1]
    return s, (spline(y, r) if r > 1 else y)
