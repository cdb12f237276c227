def interpolate(a, b, alpha):
    if sorted(a) != sorted(b):
        raise ValueError("these are weights of different networks")
    mixed = {}
    for name, weight in a.items():
        mixed[name] = weight + alpha * (b[name] - weight)
    return mixed
