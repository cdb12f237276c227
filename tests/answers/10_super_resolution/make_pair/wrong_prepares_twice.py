# Slip: calls the preparation twice, which draws twice.
# Names it: call it once
def make_pair(s, prepare):
    r = s.shape[-1] // prepare(s).shape[-1]
    return (spline(prepare(s), r) if r > 1 else prepare(s)), s
