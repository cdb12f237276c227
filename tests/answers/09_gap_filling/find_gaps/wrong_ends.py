# Slip: takes silence at both ends for gaps.
# Names it: Silence at the beginning or at the end
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif not (value == 0) and start is not None:
            if t - start >= shortest:
                found.append((start, t - start))
            start = None
    if start is not None and len(y) - start >= shortest:
        found.append((start, len(y) - start))
    return found
