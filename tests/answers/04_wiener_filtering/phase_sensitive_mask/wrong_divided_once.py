# Slip: divides by |Y| instead of its square.
# Names it: divide by |Y|²

def phase_sensitive_mask(S, Y):
    return ((S * Y.conj()).real / Y.abs().clamp_min(1e-20)).clamp(0, 1)
