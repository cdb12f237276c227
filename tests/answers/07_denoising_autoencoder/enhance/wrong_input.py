# Slip: does nothing.
# Names it: as it was
def enhance(y, model):
    return y.clone()
