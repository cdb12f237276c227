# Slip: returns the input.
# Names it: nothing was enhanced

def wiener(y, *, alpha=0.95, floor=0.1):
    return y
