# Slip: does not divide by the magnitude of Y.
# Names it: not divided

def reuse_phase(S_power, Y):
    return S_power.sqrt() * Y
