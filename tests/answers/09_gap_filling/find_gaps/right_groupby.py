from itertools import groupby


def find_gaps(y, *, shortest=80):
    gaps, t = [], 0
    for silent, run in groupby(y.tolist(), key=lambda value: value == 0.0):
        length = len(list(run))
        if silent and 0 < t < len(y) - length and length >= shortest:
            gaps.append((t, length))
        t += length
    return gaps
