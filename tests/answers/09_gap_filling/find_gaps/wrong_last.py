# Slip: returns first and last sample.
# Names it: it has to be the length
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif not (value == 0) and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t - 1))
            start = None
    return found
