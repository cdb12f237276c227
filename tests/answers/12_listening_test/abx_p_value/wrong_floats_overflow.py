# Slip: factorials as floats, which end at 170.
from math import factorial


def abx_p_value(right, trials):
    return sum(float(factorial(trials)) / factorial(k) / factorial(trials - k) for k in range(right, trials + 1)) / 2.0 ** trials
