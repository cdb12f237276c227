# Slip: Goes the other way.
# Names it: away from b
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: a[name] + alpha * (a[name] - b[name]) for name in a}
