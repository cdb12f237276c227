# Slip: cuts the silence off first, and counts from there.
# Names it: counted from the first sound
def find_gaps(y, *, shortest=80):
    y = y[y.nonzero()[0]:y.nonzero()[-1] + 1]
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif value != 0 and start is not None:
            if t - start >= shortest:
                found.append((start, t - start))
            start = None
    return found
