# Slip: Puts the new weights into the dict a.
# Names it: a[name] = ...


def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    for name in a:
        a[name] = (1 - alpha) * a[name] + alpha * b[name]
    return a
