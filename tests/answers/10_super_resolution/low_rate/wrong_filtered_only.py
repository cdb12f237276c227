# Slip: leaves samples out only where nothing is filtered.
# Names it: all samples are kept
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        return degrade.band_limit(s, high_hz=16000 / r / 2)
    return s[..., ::r]
