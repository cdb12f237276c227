# Slip: b counts fully.
# Names it: b counts fully
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * a[name] + b[name] for name in a}
