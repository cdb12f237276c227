# Slip: gives the edge as a part of the old rate, not in Hz.
# Names it: is filtered out at r = 2
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=0.5 / r)
    return s[..., ::r]
