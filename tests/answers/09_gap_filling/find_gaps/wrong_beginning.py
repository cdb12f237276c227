# Slip: takes silence at the beginning for a gap.
# Names it: Silence at the beginning
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif not (value == 0) and start is not None:
            if t - start >= shortest:
                found.append((start, t - start))
            start = None
    return found
