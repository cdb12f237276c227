# Slip: does not clip.
# Names it: not clipped

def phase_sensitive_mask(S, Y):
    D = Y.abs().square().clamp_min(1e-20)
    return (S * Y.conj()).real / D
