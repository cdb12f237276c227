# Slip: Chooses the nearer end.
# Names it: whatever alpha is
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: a[name] if alpha < 0.5 else b[name] for name in a}
