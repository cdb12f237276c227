# Slip: a is not made weaker.
# Names it: not made weaker
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: a[name] + alpha * b[name] for name in a}
