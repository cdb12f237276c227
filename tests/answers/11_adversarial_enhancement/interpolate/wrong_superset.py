# Slip: Looks only for names of b that a has not.
# Names it: a KeyError


def interpolate(a, b, alpha):
    if set(b) - set(a):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
