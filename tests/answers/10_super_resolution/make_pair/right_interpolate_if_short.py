def make_pair(s, prepare):
    y = prepare(s)
    if y.shape[-1] < s.shape[-1]:
        y = spline(y, round(s.shape[-1] / y.shape[-1]))
    return y, s
