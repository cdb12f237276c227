# Slip: adds both continuations.
# Names it: sum of both
def linear_fill(before, after, length, *, order=512):
    m = after.flip(-1)
    f = extrapolate(before, burg(before, order), length)
    b = extrapolate(m, burg(m, order), length).flip(-1)
    return f + b, f, b
