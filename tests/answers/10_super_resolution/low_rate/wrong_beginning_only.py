# Slip: keeps the first part of the recording at the old rate.
# Names it: the beginning of the recording
from course_utils import degrade


def low_rate(s, r, *, aliased):
    if not aliased:
        s = degrade.band_limit(s, high_hz=8000 / r)
    return s[..., :-(-s.shape[-1] // r)]
