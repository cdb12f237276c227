# Slip: filters after the samples were left out.
# Names it: before samples are left out
from course_utils import degrade


def low_rate(s, r, *, aliased):
    y = s[..., ::r]
    return y if aliased else degrade.band_limit(y, high_hz=7900 / r)
