# Slip: drops the sign.
# Names it: sign is dropped

def phase_sensitive_mask(S, Y):
    D = Y.abs().square().clamp_min(1e-20)
    return ((S * Y.conj()).real.abs() / D).clamp(0, 1)
