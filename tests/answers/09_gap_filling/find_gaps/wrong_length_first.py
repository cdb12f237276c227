# Slip: returns length and first sample.
# Names it: (length, first sample)
def find_gaps(y, *, shortest=80):
    found, start = [], None
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif value != 0 and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((t - start, start))
            start = None
    return found
