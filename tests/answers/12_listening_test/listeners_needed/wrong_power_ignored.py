# Slip: a power of 80 % whatever is asked.
# Names it: The power is not used
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    return max(2, ceil((2.8016 * deviation / effect) ** 2))
