# Slip: takes soft sound for silence.
# Names it: exactly 0
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if abs(value) < 1e-3 and start is None:
            start = t
        elif not (abs(value) < 1e-3) and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t - start))
            start = None
    return found
