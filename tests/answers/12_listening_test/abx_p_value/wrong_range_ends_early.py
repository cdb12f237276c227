# Slip: the sum ends before `trials`.
# Names it: no term
from math import comb


def abx_p_value(right, trials):
    return sum(comb(trials, k) for k in range(right, trials)) / 2 ** trials
