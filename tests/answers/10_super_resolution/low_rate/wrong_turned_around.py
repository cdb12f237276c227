# Slip: filters where it should not, and the other way round.
# Names it: nothing is filtered
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if aliased:
        s = degrade.band_limit(s, high_hz=8000 / r)
    return s[..., ::r]
