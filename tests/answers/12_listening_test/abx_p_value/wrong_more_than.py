# Slip: leaves `right` itself out.
# Names it: belongs to it
from math import comb


def abx_p_value(right, trials):
    return sum(comb(trials, k) for k in range(right + 1, trials + 1)) / 2 ** trials
