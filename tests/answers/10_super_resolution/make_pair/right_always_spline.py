def make_pair(s, prepare):
    x = prepare(s.clone())
    r = s.shape[2] // x.shape[2]
    return [spline(x, r), s]
