# Slip: Refuses what lies beyond the ends.
# Names it: alpha may lie beyond 0 and 1


def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    if not 0 <= alpha <= 1:
        raise ValueError("alpha must be from 0 to 1")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
