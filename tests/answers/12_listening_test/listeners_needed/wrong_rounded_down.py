# Slip: rounds down.
# Names it: round up
from math import floor


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(power)
    return max(2, floor((z * deviation / effect) ** 2))
