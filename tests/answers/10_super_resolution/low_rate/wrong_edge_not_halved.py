# Slip: has the edge at the new rate, which for r = 2 no filter can have.
# Names it: half of the new rate
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=16000 / r)
    return s[..., ::r]
