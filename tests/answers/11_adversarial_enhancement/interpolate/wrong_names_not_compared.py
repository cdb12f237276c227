# Slip: A KeyError, or nothing, where names differ.
# Names it: KeyError
def interpolate(a, b, alpha):
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
