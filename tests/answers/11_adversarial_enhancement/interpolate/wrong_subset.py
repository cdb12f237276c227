# Slip: Looks only for names of a that b has not.
# Names it: a lacked a name


def interpolate(a, b, alpha):
    if set(a) - set(b):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
