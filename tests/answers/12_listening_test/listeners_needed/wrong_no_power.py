# Slip: no quantile of the power.
# Names it: every second time
from math import ceil


def listeners_needed(effect, deviation, power=0.8):
    return max(2, ceil((stats.norm.ppf(0.975) * deviation / effect) ** 2))
