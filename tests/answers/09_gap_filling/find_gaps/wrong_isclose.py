# Slip: takes very soft sound for silence.
# Names it: exactly 0
import torch


def find_gaps(y, *, shortest=80):
    silent = torch.isclose(y, torch.zeros_like(y)).tolist()
    found, start = [], None
    for t, zero in enumerate(silent):
        if zero and start is None:
            start = t
        elif not zero and start is not None:
            if start > 0 and t - start >= shortest:
                found.append((start, t - start))
            start = None
    return found
