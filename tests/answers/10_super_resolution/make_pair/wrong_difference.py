# Slip: returns what is missing as the target.
# Names it: took away
def make_pair(s, prepare):
    y = prepare(s)
    r = s.shape[-1] // y.shape[-1]
    x = spline(y, r) if r > 1 else y
    return x, s - x
