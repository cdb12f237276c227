# Slip: leaves the phase out.
# Names it: phase is not in it

def phase_sensitive_mask(S, Y):
    return (S.abs() / Y.abs().clamp_min(1e-20)).clamp(0, 1)
