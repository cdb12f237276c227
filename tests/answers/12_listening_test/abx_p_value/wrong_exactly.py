# Slip: only the term of exactly so many.
# Names it: or more
from math import comb


def abx_p_value(right, trials):
    return comb(trials, right) / 2 ** trials
