# Slip: so many or fewer.
# Names it: or fewer
from math import comb


def abx_p_value(right, trials):
    return sum(comb(trials, k) for k in range(right + 1)) / 2 ** trials
