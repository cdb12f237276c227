# Slip: thins out the first axis.
# Names it: thinned out
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=8000 / r)
    return s[::r]
