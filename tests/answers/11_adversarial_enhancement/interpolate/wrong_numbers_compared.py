# Slip: compares how many names there are.
# Names it: KeyError
def interpolate(a, b, alpha):
    if len(a) != len(b):
        raise ValueError("names")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
