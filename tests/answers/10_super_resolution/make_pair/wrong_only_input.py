# Slip: returns only the input.
# Names it: Return two tensors
def make_pair(s, prepare):
    y = prepare(s)
    r = s.shape[-1] // y.shape[-1]
    return spline(y, r) if r > 1 else y
