# Slip: divides Y by S.
# Names it: other way round

def phase_sensitive_mask(S, Y):
    return ((Y * S.conj()).real / S.abs().square().clamp_min(1e-20)).clamp(0, 1)
