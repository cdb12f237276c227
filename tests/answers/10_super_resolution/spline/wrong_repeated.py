# Slip: repeats samples.
# Names it: repeated
def spline(y, r):
    return y.repeat_interleave(r, -1).float()
