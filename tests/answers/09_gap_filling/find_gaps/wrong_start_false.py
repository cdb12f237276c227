# Slip: takes a run that begins at sample 0 for no run.
# Names it: 0 counts as false
def find_gaps(y, *, shortest=80):
    found, start = [], 0
    for t, value in enumerate(y.tolist()):
        if value == 0:
            start = start or t
        elif start:
            if t - start >= shortest:
                found.append((start, t - start))
            start = 0
    return found
