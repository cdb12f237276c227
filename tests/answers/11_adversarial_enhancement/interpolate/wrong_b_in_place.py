# Slip: Changes the weights of b.
# Names it: b is changed


def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: b[name].mul_(alpha).add_((1 - alpha) * a[name]) for name in a}
