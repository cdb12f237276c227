# Slip: has the edge for r = 4 for every r.
# Names it: half of the new rate
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=2000)
    return s[..., ::r]
