# Slip: Pairs the weights by their order.
# Names it: paired by their order
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * x + alpha * y for (name, x), y in zip(a.items(), b.values())}
