# Slip: quantile 0.95.
# Names it: one-sided
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.95) + stats.norm.ppf(power)
    return max(2, ceil((z * deviation / effect) ** 2))
