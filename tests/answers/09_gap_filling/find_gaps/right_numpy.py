import numpy as np


def find_gaps(y, *, shortest=80):
    loud = np.flatnonzero(y.numpy())
    steps = np.diff(loud)
    return [(int(t) + 1, int(step) - 1) for t, step in zip(loud, steps, strict=False) if step - 1 >= shortest]
