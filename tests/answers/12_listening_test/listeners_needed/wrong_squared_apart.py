# Slip: squares the quantiles one by one.
# Names it: add them first
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) ** 2 + stats.norm.ppf(power) ** 2
    return max(2, ceil(z * (deviation / effect) ** 2))
