# Slip: guards with a number that quiet bins notice.

def phase_sensitive_mask(S, Y):
    return ((S * Y.conj()).real / (Y.abs() ** 2 + 1e-7)).clamp(0, 1)
