# Slip: forgets the square root.
# Names it: square root

def reuse_phase(S_power, Y):
    return S_power / Y.abs().clamp_min(1e-12) * Y
