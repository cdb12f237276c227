# Slip: Stops at the ends.
# Names it: held between 0 and 1
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    alpha = min(max(alpha, 0.0), 1.0)
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
