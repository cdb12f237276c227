# Slip: Returns a list.
# Names it: expected a dict
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return [(1 - alpha) * a[name] + alpha * b[name] for name in a]
