# Slip: does nothing.
# Names it: nothing was enhanced

def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    return y
