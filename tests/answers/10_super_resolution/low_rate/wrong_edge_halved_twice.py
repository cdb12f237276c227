# Slip: takes half of the highest frequency for the edge.
# Names it: a rate of 8000 Hz can hold it
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=16000 / r / 4)
    return s[..., ::r]
