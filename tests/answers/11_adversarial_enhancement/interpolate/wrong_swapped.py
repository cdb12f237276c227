# Slip: The ends are swapped.
# Names it: swapped
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: alpha * a[name] + (1 - alpha) * b[name] for name in a}
