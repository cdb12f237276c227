# Slip: compares the dicts, tensors included.
# Names it: compare a.keys()
def interpolate(a, b, alpha):
    if a != b:
        raise ValueError("names")
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a}
