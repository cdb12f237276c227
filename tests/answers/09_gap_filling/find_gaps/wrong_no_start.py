# Slip: gives `start` no value before the loop.
# Names it: before a loop
def find_gaps(y, *, shortest=80):
    found = []
    for t, value in enumerate(y.tolist()):
        if value == 0 and start is None:
            start = t
        elif value != 0 and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t - start))
            start = None
    return found
