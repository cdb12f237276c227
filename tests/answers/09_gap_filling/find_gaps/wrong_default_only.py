# Slip: does not use the argument.
# Names it: is `shortest` used
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif not (value == 0) and start is not None:
            if start > 0 and t - start >= 80:
                found.append((start, t - start))
            start = None
    return found
