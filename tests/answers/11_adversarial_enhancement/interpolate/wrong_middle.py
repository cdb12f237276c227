# Slip: Always the middle.
# Names it: middle
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: (a[name] + b[name]) / 2 for name in a}
