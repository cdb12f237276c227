# Slip: Refuses names that are the same in another order.
# Names it: their order does not count


def interpolate(a, b, alpha):
    if list(a) != list(b):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
