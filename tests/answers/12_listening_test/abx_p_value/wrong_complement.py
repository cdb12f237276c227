# Slip: one minus the p-value.
# Names it: fewer
from math import comb


def abx_p_value(right, trials):
    return 1 - sum(comb(trials, k) for k in range(right, trials + 1)) / 2 ** trials
