# Slip: assumes a rate four times lower.
# Names it: shape
def make_pair(s, prepare):
    y = prepare(s)
    return (spline(y, 4) if y.shape[-1] < s.shape[-1] else y), s
