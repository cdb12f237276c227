# Slip: begins with sample 1.
# Names it: elsewhere, with sample 1
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=16000 / r / 2)
    return s[..., 1::r]
