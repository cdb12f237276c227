# Slip: clips below only.
# Names it: above 1

def phase_sensitive_mask(S, Y):
    D = Y.abs().square().clamp_min(1e-20)
    return ((S * Y.conj()).real / D).clamp_min(0)
