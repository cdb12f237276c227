# Slip: Takes the names that both have.
# Names it: because b lacked a name
def interpolate(a, b, alpha):
    return {name: (1 - alpha) * a[name] + alpha * b[name] for name in a if name in b}
