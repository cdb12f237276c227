# Slip: guards the division with a large number.
# Names it: too large

def reuse_phase(S_power, Y):
    return S_power.sqrt() / (Y.abs() + 1e-3) * Y
