# Slip: no square.
# Names it: square is missing
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(power)
    return max(2, ceil(z * deviation / abs(effect)))
