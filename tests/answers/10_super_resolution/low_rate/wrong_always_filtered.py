# Slip: filters whether aliased or not.
# Names it: nothing is filtered
from course_utils import degrade


def low_rate(s, r, *, aliased):
    return degrade.band_limit(s, high_hz=8000 / r)[..., ::r]
