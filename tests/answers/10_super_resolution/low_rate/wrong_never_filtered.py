# Slip: leaves the filter out always.
# Names it: filter first
def low_rate(s, r, *, aliased):
    return s[..., ::r]
