# Slip: returns first sample and end.
# Names it: the second number has to be the length
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif not (value == 0) and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t))
            start = None
    return found
