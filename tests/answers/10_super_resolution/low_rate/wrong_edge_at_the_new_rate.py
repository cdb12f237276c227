# Slip: puts the edge at the new rate instead of half of it.
# Names it: half of the new rate
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased and r > 2:
        s = degrade.band_limit(s, high_hz=16000 / r)
    return s[..., ::r]
