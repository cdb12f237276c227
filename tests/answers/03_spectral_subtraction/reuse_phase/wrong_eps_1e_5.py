# Slip: guards the division with a number that is large for quiet bins.
# Names it: too large

def reuse_phase(S_power, Y):
    return S_power.sqrt() / (Y.abs() + 1e-5) * Y
