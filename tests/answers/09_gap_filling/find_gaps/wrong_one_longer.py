# Slip: counts one sample too many.
# Names it: one too large
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif value != 0 and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t - start + 1))
            start = None
    return found
