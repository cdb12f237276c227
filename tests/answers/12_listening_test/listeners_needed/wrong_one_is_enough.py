# Slip: may be a single listener.
# Names it: one listener has no interval
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(power)
    return ceil((z * deviation / effect) ** 2)
