# Slip: an effect below 0 needs nobody.
# Names it: below 0
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(power)
    return max(2, ceil(max(0, z * deviation / effect) ** 2))
