# Slip: Takes the names that both have.
# Names it: names differ are taken
def interpolate(a, b, alpha):
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a if name in b}
