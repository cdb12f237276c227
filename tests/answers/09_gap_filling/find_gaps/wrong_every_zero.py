# Slip: counts zeros wherever they are.
# Names it: Are first samples and lengths right
def find_gaps(y, *, shortest=80):
    zeros = (y == 0).nonzero()[:, 0].tolist()
    return [(zeros[0], len(zeros))] if len(zeros) >= shortest else []
