# Slip: takes every lower rate for half.
# Names it: of a rate 4 times lower
def make_pair(s, prepare):
    y = prepare(s)
    return (spline(y, 2) if y.shape[-1] < s.shape[-1] else y), s
