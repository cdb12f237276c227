# Slip: takes the power for its quantile.
# Names it: no quantile
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    return max(2, ceil(((stats.norm.ppf(0.975) + power) * deviation / effect) ** 2))
