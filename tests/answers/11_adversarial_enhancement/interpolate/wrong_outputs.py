# Slip: Forgets the biases.
# Names it: has the names
def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a if not name.endswith(("bias", "b"))}
