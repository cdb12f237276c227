# Slip: forgets the conjugate.
# Names it: conjugate is missing

def phase_sensitive_mask(S, Y):
    D = Y.abs().square().clamp_min(1e-20)
    return ((S * Y).real / D).clamp(0, 1)
