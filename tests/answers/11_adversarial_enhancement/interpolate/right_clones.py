def interpolate(a, b, alpha):
    if set(a) != set(b):
        raise ValueError("the names differ")
    mixed = {name: weight.clone() for name, weight in a.items()}
    for name in mixed:
        mixed[name] *= 1 - alpha
        mixed[name] += alpha * b[name]
    return mixed
