# Slip: returns a tensor.
# Names it: not a list
def find_gaps(y, *, shortest=80):
    starts = ((y[1:] == 0) & (y[:-1] != 0)).nonzero()[:, 0] + 1
    return starts
