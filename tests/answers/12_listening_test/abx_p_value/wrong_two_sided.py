# Slip: two-sided.
# Names it: two-sided
from math import comb


def abx_p_value(right, trials):
    return min(1.0, 2 * sum(comb(trials, k) for k in range(right, trials + 1)) / 2 ** trials)
