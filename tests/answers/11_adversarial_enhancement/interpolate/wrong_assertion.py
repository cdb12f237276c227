# Slip: asserts that the names are the same.
# Names it: An AssertionError
def interpolate(a, b, alpha):
    assert a.keys() == b.keys(), "names"
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
