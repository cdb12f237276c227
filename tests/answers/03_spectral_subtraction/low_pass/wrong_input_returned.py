# Slip: does nothing.
# Names it: Nothing was filtered

def low_pass(Y, *, cutoff_hz):
    return Y
