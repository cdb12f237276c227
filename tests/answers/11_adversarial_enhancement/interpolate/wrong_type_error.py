# Slip: raises another exception.
# Names it: A TypeError
def interpolate(a, b, alpha):
    if a.keys() != b.keys():
        raise TypeError("names")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
