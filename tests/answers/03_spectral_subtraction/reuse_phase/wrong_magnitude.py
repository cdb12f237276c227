# Slip: loses the phase.
# Names it: phase is lost

def reuse_phase(S_power, Y):
    return S_power.sqrt().to(Y.dtype)
